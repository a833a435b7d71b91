"""Signing in: the lock by name and address, the first password, what stays closed, the access log."""

from typing import Any

import pytest
from allauth.account import urls as allauth_urls
from django.contrib.auth.hashers import identify_hasher
from django.test import Client, override_settings
from django.urls import reverse

from jitasa.accounts.models import User
from jitasa.accounts.urls import OPEN
from jitasa.audit.models import Entry
from tests.cast import Cast

PASSWORD = "ทะเลกระบี่สวยมาก"
LOGIN = "/accounts/login/"


@pytest.fixture
def anong(cast: Cast) -> User:
    user = cast.people["anong"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, username: str, password: str, address: str = "10.1.1.1", **extra: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **extra}, REMOTE_ADDR=address)


def test_the_sign_in_page_is_thai_and_ours(cast: Cast) -> None:
    page = Client().get(LOGIN)
    assert page.status_code == 200
    assert "เข้าสู่ระบบ" in page.content.decode()


def test_signing_in_goes_to_the_page_that_was_asked_for(anong: User) -> None:
    client = Client()
    response = sign_in(client, "anong", PASSWORD, next="/work/notices/")
    assert response.status_code == 302
    assert response["Location"] == "/work/notices/"
    entry = Entry.objects.get(verb="accounts.sign_in")
    assert (entry.actor_id, entry.address, entry.chain_id) == (anong.pk, "10.1.1.1", f"person:{anong.pk}")
    client.post("/accounts/logout/", REMOTE_ADDR="10.1.1.1")
    assert Entry.objects.get(verb="accounts.sign_out").actor_id == anong.pk


def test_the_name_may_be_typed_in_capitals(anong: User) -> None:
    assert sign_in(Client(), " ANONG ", PASSWORD).status_code == 302


def test_a_wrong_password_says_so_and_is_logged_without_the_words_typed(anong: User) -> None:
    page = sign_in(Client(), "anong", "ผิดแน่นอน")
    assert page.status_code == 200
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in page.content.decode()
    sign_in(Client(), "ไม่มีชื่อนี้", "ผิดแน่นอน")
    known, unknown = Entry.objects.filter(verb="accounts.sign_in_failed").order_by("id")
    assert (known.subject_name, known.address, known.actor_id) == ("Anong", "10.1.1.1", None)
    assert (unknown.chain_id, unknown.subject_name, unknown.data) == ("access", "", {"locked": False})


def test_six_wrong_tries_lock_the_name_at_that_address_only(anong: User) -> None:
    stranger = Client()
    answers = [sign_in(stranger, name, "ผิด", "10.9.9.9").status_code for name in ["anong", "Anong"] * 3]
    assert answers[0] == 200
    assert answers[-1] == 429
    page = sign_in(stranger, "ANONG", PASSWORD, "10.9.9.9")  # even the right password, however written
    assert page.status_code == 429
    assert "ระงับการเข้าสู่ระบบชั่วคราว" in page.content.decode()
    owner = sign_in(Client(), "anong", PASSWORD, "10.1.1.1")
    assert owner.status_code == 302, "a stranger elsewhere cannot lock the owner out"
    assert sign_in(Client(), "boonmee", "ผิด", "10.9.9.9").status_code == 200, (
        "others behind that address can try"
    )


def test_strangers_at_many_addresses_do_not_lock_the_owner_out(anong: User) -> None:
    assert sign_in(Client(), "anong", PASSWORD).status_code == 302, "her usual place"
    for number in range(30):
        sign_in(Client(), "anong", "ผิด", f"10.9.9.{number}")
    assert sign_in(Client(), "anong", PASSWORD).status_code == 302
    assert sign_in(Client(), "anong", PASSWORD, "10.9.8.1").status_code == 429, "elsewhere it must wait"


@override_settings(BEHIND_PROXY=True)
def test_behind_our_proxy_the_address_is_the_one_the_proxy_saw(anong: User) -> None:
    Client().post(
        LOGIN,
        {"login": "anong", "password": "ผิด"},
        REMOTE_ADDR="127.0.0.1",
        HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9",
    )
    assert Entry.objects.get(verb="accounts.sign_in_failed").address == "203.0.113.9"


def test_without_a_proxy_a_made_up_address_is_not_believed(anong: User) -> None:
    Client().post(
        LOGIN,
        {"login": "anong", "password": "ผิด"},
        REMOTE_ADDR="10.1.1.1",
        HTTP_X_FORWARDED_FOR="203.0.113.9",
    )
    assert Entry.objects.get(verb="accounts.sign_in_failed").address == "10.1.1.1"


def test_a_suspended_account_is_told_what_to_do(anong: User) -> None:
    anong.is_active = False
    anong.save()
    client = Client()
    response = sign_in(client, "anong", PASSWORD)
    assert response["Location"] == "/accounts/inactive/"
    assert "ผู้ดูแลสำนักงาน" in client.get("/accounts/inactive/").content.decode()
    assert client.get("/work/notices/").status_code == 302
    assert not Entry.objects.filter(verb="accounts.sign_in").exists()


@pytest.mark.django_db
def test_pages_of_allauth_that_we_do_not_offer_are_closed() -> None:
    arguments = {
        "account_confirm_email": {"key": "x"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
    }
    for pattern in allauth_urls.urlpatterns:
        address = reverse(pattern.name, kwargs=arguments.get(pattern.name))
        page = Client().get(address)
        assert (page.status_code == 404) == (pattern.name not in OPEN), address


@pytest.mark.django_db
def test_passwords_are_hashed_with_argon2_in_production() -> None:
    from jitasa.config import settings as production

    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        user = User.objects.create_user("somebody", PASSWORD)
        assert identify_hasher(user.password).algorithm == "argon2"


def test_a_session_gone_answers_a_script_with_401_and_a_person_with_the_sign_in_page(cast: Cast) -> None:
    client = Client()
    person = client.get("/work/notices/")
    assert person.status_code == 302
    for headers in (
        {"HX-Request": "true"},
        {"X-Requested-With": "fetch"},
        {"Accept": "application/json"},
        {"Sec-Fetch-Mode": "cors"},
    ):
        answer = client.get("/work/notices/", headers=headers)
        assert answer.status_code == 401, headers
        assert answer["HX-Trigger"] == "sign-in-again"
        assert answer.json()["error"] == "sign_in"
        assert answer.json()["login_url"] == "/accounts/login/?next=/accounts/signed-in/"


def test_after_signing_in_elsewhere_the_page_gets_a_token_that_works(anong: User) -> None:
    client = Client(enforce_csrf_checks=True)
    before = client.get("/accounts/token/")
    assert before.json()["signed_in"] is False
    assert "no-store" in before["Cache-Control"]
    client.force_login(anong, backend="allauth.account.auth_backends.AuthenticationBackend")
    fresh = client.get("/accounts/token/").json()
    assert (fresh["signed_in"], fresh["username"]) == (True, "anong")
    sent = client.post("/work/notices/read-all/", headers={"X-CSRFToken": fresh["token"]})
    assert sent.status_code == 302
    refused = client.post("/work/notices/read-all/", headers={"X-CSRFToken": "x" * 64})
    assert refused.status_code == 403
