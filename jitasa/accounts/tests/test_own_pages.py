"""Password, devices, profile and language: a person's own pages."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone, translation

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username, device_name
from jitasa.accounts.services.passwords import one_time_password, set_one_time_password
from jitasa.audit.models import Entry
from tests.cast import NOW, Cast

OLD, NEW = "ทะเลกระบี่สวยมาก", "ภูเขาและป่าโกงกาง"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
LINE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36 Line/13.4.1"


@pytest.fixture
def anong(cast: Cast) -> User:
    user = cast.people["anong"]
    user.set_password(OLD)
    user.save()
    return user


def signed_in(username: str, password: str = OLD, agent: str = CHROME, address: str = "10.1.1.1") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    response = client.post("/accounts/login/", {"login": username, "password": password})
    assert response.status_code == 302
    return client


def change(client: Client, old: str = OLD, new: str = NEW, again: str = NEW) -> Any:
    return client.post(
        "/accounts/password/", {"old_password": old, "new_password1": new, "new_password2": again}
    )


def test_changing_the_password_keeps_this_device_and_signs_out_the_others(anong: User) -> None:
    here, there = signed_in("anong"), signed_in("anong", agent=LINE, address="10.2.2.2")
    response = change(here)
    assert response["Location"] == "/accounts/profile/"
    assert here.get("/accounts/profile/").status_code == 200
    assert there.get("/accounts/profile/").status_code == 302
    assert UserSession.objects.filter(user=anong).count() == 1
    anong.refresh_from_db()
    assert anong.check_password(NEW)
    assert Entry.objects.filter(verb="accounts.change_password", actor_id=anong.pk).count() == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("ผิด", NEW, NEW, "รหัสผ่านเดิมไม่ถูกต้อง"),
        (OLD, NEW, NEW + "x", "ทั้งสองช่องไม่ตรงกัน"),
        (OLD, "สั้นไป", "สั้นไป", "อย่างน้อย 10 ตัวอักษร"),
        (OLD, "password123", "password123", "เดาง่าย"),
        (OLD, "anong12345", "anong12345", "คล้ายชื่อผู้ใช้"),
        (OLD, OLD, OLD, "ต้องไม่ซ้ำรหัสผ่านเดิม"),
    ],
)
def test_a_bad_new_password_is_refused_in_thai(
    anong: User, old: str, new: str, again: str, words: str
) -> None:
    User.objects.filter(pk=anong.pk).update(full_name="Anong", email="anong12345@example.com")
    page = change(signed_in("anong"), old, new, again)
    assert page.status_code == 422
    assert words in page.content.decode()
    anong.refresh_from_db()
    assert anong.check_password(OLD)


@pytest.mark.at(NOW)
def test_a_one_time_password_opens_only_the_page_that_replaces_it(anong: User) -> None:
    password = set_one_time_password(anong, now=NOW)
    client = signed_in("anong", password)
    blocked = client.get("/work/notices/")
    assert blocked["Location"] == "/accounts/password/"
    assert client.post("/work/notices/read-all/")["Location"] == "/accounts/password/"
    script = client.get("/work/notices/", headers={"HX-Request": "true"})
    assert (script.status_code, script.json()["error"]) == (403, "password")
    assert "ตั้งรหัสผ่านของท่านเอง" in client.get("/accounts/password/").content.decode()
    assert change(client, old=password)["Location"] == "/work/"
    assert client.get("/work/notices/").status_code == 200
    anong.refresh_from_db()
    assert not anong.must_change_password


def test_one_time_passwords_differ_and_can_be_read_out() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(text) == 19 and not set(text) & set("0o1li") for text in made)


def test_the_device_list_shows_address_device_and_last_use_and_signs_one_out(anong: User) -> None:
    here, there = signed_in("anong"), signed_in("anong", agent=LINE, address="10.2.2.2")
    page = here.get("/accounts/sessions/").content.decode()
    assert "Chrome · Windows" in page
    assert "LINE · Android" in page
    assert "10.2.2.2" in page
    other = UserSession.objects.get(ip="10.2.2.2")
    here.post(f"/accounts/sessions/{other.pk}/end/")
    assert there.get("/accounts/profile/").status_code == 302
    assert here.get("/accounts/profile/").status_code == 200
    assert Entry.objects.get(verb="accounts.end_session").data == {"address": "10.2.2.2"}


def test_all_other_devices_are_signed_out_at_once(anong: User) -> None:
    here = signed_in("anong")
    others = [signed_in("anong", agent=LINE) for _ in range(3)]
    here.post("/accounts/sessions/end-others/")
    assert here.get("/accounts/profile/").status_code == 200
    assert all(client.get("/accounts/profile/").status_code == 302 for client in others)


def test_nobody_ends_another_persons_session(cast: Cast, anong: User) -> None:
    signed_in("anong")
    session = UserSession.objects.get(user=anong)
    chai = cast.client("chai")
    assert chai.post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=session.pk).exists()


def test_last_use_is_written_every_five_minutes_only(anong: User) -> None:
    client = signed_in("anong")
    session = UserSession.objects.get(user=anong)
    client.get("/accounts/profile/")
    assert UserSession.objects.get(pk=session.pk).last_seen_at == session.last_seen_at
    store = client.session
    store["seen_at"] = int((timezone.now() - timedelta(minutes=6)).timestamp())
    store.save()
    client.get("/accounts/profile/")
    assert UserSession.objects.get(pk=session.pk).last_seen_at > session.last_seen_at


def test_the_profile_is_saved_and_the_audit_names_fields_not_values(anong: User) -> None:
    client = signed_in("anong")
    values = {
        "full_name": "อนงค์ ใจดี",
        "email": "anong@example.com",
        "phone": "075-000000",
        "numerals": "thai",
        "language": "th",
        "morning_mail": "on",
    }
    assert client.post("/accounts/profile/", values).status_code == 302
    anong.refresh_from_db()
    assert (anong.full_name, anong.numerals) == ("อนงค์ ใจดี", "thai")
    entry = Entry.objects.get(verb="accounts.save_profile")
    assert entry.data == {"changed": ["full_name", "email", "phone", "numerals"]}
    bad = client.post("/accounts/profile/", values | {"email": "ไม่ใช่อีเมล", "language": "xx"})
    assert bad.status_code == 422
    anong.refresh_from_db()
    assert (anong.email, anong.language) == ("anong@example.com", "th")


def test_the_language_switch_is_remembered_with_the_person(anong: User) -> None:
    client = signed_in("anong")
    response = client.post("/accounts/language/", {"language": "en", "next": "/accounts/profile/"})
    assert response["Location"] == "/accounts/profile/"
    anong.refresh_from_db()
    assert anong.language == "en"
    elsewhere = signed_in("anong")  # another device speaks it after signing in
    assert elsewhere.cookies["jitasa_language"].value == "en"
    assert client.get("/accounts/language/").status_code == 405
    assert client.post("/accounts/language/", {"language": "en", "next": "https://evil.example/"})[
        "Location"
    ].startswith("/")
    translation.activate("th")


def test_own_pages_want_a_sign_in(cast: Cast) -> None:
    for page in ("password", "profile", "sessions", "signed-in"):
        response = Client().get(f"/accounts/{page}/")
        assert response["Location"].startswith("/accounts/login/"), page


def test_device_names_and_usernames() -> None:
    assert device_name(CHROME) == "Chrome · Windows"
    assert device_name(LINE) == "LINE · Android"
    assert device_name("curl/8") == ""
    assert clean_username("  Ａnong ") == "anong"
