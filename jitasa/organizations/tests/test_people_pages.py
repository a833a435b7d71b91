"""People, switching and viewing as, through the pages and the command line."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.audit.models import Entry
from jitasa.notices.models import Reading
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post, PostOffer
from jitasa.thai.dates import today
from tests.cast import Cast, make_person
from tests.pages import words_of

PEOPLE = "/work/organizations/people/"


def of(office: object) -> str:
    return f"{PEOPLE}of/{office.pk}/"  # type: ignore[attr-defined]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def test_the_list_shows_the_own_office_and_those_below(cast: Cast) -> None:
    page = text(cast.client("anong"), PEOPLE)
    assert "Boonmee" in page
    assert "เพิ่มผู้ใช้" not in page  # she is no administrator
    assert "เพิ่มผู้ใช้" in text(cast.client("boonmee"), PEOPLE)
    assert "Anong" in words_of(text(cast.client("dao"), of(cast.aonang)))
    assert "Anong" in words_of(text(cast.client("fah"), of(cast.aonang)))


def test_foreign_offices_are_not_found_and_others_are_forbidden(cast: Cast) -> None:
    assert cast.client("chai").get(of(cast.aonang)).status_code == 404
    assert cast.client("anong").get(of(cast.mueang)).status_code == 404
    assert cast.client("dao").get(of(cast.town)).status_code == 403  # lies in, does not answer to
    assert cast.client("anong").get(of(cast.aonang) + "add/").status_code == 403
    assert cast.client("ek").get(of(cast.aonang) + "add/").status_code == 403
    assert cast.client("chai").get(f"{PEOPLE}{cast.people['anong'].pk}/").status_code == 404
    assert cast.client("anong").get(f"{PEOPLE}{cast.people['boonmee'].pk}/").status_code == 403
    post = Post.objects.get(user=cast.people["anong"])
    assert cast.client("chai").post(f"{PEOPLE}post/{post.pk}/end/").status_code == 404
    assert cast.client("anong").post(f"{PEOPLE}post/{post.pk}/end/").status_code == 403


def test_a_new_persons_password_is_shown_once_and_opens_the_door(cast: Cast) -> None:
    values = {"username": "noi", "role": "officer", "title": "เจ้าพนักงานธุรการ", "from_date": "", "to_date": ""}
    page = cast.client("boonmee").post(of(cast.aonang) + "add/", values)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    password = text.split('<dd id="one-time-password"><kbd>')[1].split("</kbd>")[0]
    assert 'data-copy="#one-time-password"' in text
    assert "data-print" in text
    assert "organizations/one_time.css" in text  # large
    client = Client()
    signed_in = client.post("/accounts/login/", {"login": "noi", "password": password})
    assert signed_in.status_code == 302
    assert client.get(PEOPLE)["Location"] == "/accounts/password/"
    again = cast.client("boonmee").post(of(cast.aonang) + "add/", values)
    assert again.status_code == 422
    assert "มีผู้ใช้ชื่อนี้แล้วหรือเคยมี" in again.content.decode()
    assert User.objects.filter(username="noi").count() == 1


def test_the_level_above_is_offered_the_administrators_role_only(cast: Cast) -> None:
    page = text(cast.client("dao"), of(cast.saithai) + "add/")
    assert 'value="administrator"' in page
    assert 'value="officer"' not in page
    forced = cast.client("dao").post(of(cast.saithai) + "add/", {"username": "noi", "role": "officer"})
    assert forced.status_code == 422
    assert not User.objects.filter(username="noi").exists()


def test_a_post_for_somebody_known(cast: Cast) -> None:
    client = cast.client("boonmee")
    unknown = client.post(of(cast.aonang) + "link/", {"username": "nobody", "role": "viewer"})
    assert "ไม่พบชื่อผู้ใช้นี้" in unknown.content.decode()
    linked = client.post(of(cast.aonang) + "link/", {"username": "ANONG", "role": "viewer"})
    assert linked.status_code == 302
    assert Post.objects.filter(user=cast.people["anong"], role="viewer").exists()
    asked = client.post(of(cast.aonang) + "link/", {"username": "CHAI", "role": "viewer"})
    assert asked.status_code == 302
    assert not Post.objects.filter(user=cast.people["chai"], organization=cast.aonang).exists()
    assert PostOffer.objects.filter(user=cast.people["chai"], organization=cast.aonang).exists()


def test_a_person_is_edited_reset_suspended_and_ended_on_the_pages(cast: Cast) -> None:
    client = cast.client("boonmee")
    anong = cast.people["anong"]
    post = Post.objects.get(user=anong)
    assert "ตั้งรหัสผ่านชั่วคราว" in text(client, f"{PEOPLE}{anong.pk}/")
    saved = client.post(f"{PEOPLE}{anong.pk}/", {"full_name": "อนงค์", "email": "a@example.com", "phone": ""})
    assert saved.status_code == 302
    assert client.post(f"{PEOPLE}{anong.pk}/", {"email": "ไม่ใช่"}).status_code == 422
    assert "<kbd>" in client.post(f"{PEOPLE}{anong.pk}/reset/").content.decode()
    client.post(f"{PEOPLE}post/{post.pk}/title/", {"title": "หัวหน้าสำนักปลัด"})
    client.post(f"{PEOPLE}{anong.pk}/active/", {"active": "0"})
    anong.refresh_from_db()
    assert (anong.full_name, anong.is_active, anong.must_change_password) == ("อนงค์", False, True)
    client.post(f"{PEOPLE}{anong.pk}/active/", {"active": "1"})
    assert "พ้นหน้าที่" in text(client, f"{PEOPLE}post/{post.pk}/end/")
    client.post(f"{PEOPLE}post/{post.pk}/end/", {"at_once": "on"})
    post.refresh_from_db()
    assert post.title == "หัวหน้าสำนักปลัด"
    assert post.ended_by(today(timezone.now()))
    assert "อนงค์" not in text(client, PEOPLE)
    assert "อนงค์" in text(client, f"{of(cast.aonang)}?show=ended")


def test_an_account_that_opens_other_offices_is_shown_without_its_levers(cast: Cast) -> None:
    Post.objects.create(
        user=cast.people["ek"], organization=cast.aonang, role=Role.VIEWER, from_date=date(2026, 1, 1)
    )
    page = text(cast.client("boonmee"), f"{PEOPLE}{cast.people['ek'].pk}/")
    assert "ให้พ้นหน้าที่" in page
    assert f"{cast.people['ek'].pk}/reset/" not in page
    assert "สถจ.กระบี่" not in page  # where else he serves is none of her business
    assert cast.client("boonmee").post(f"{PEOPLE}{cast.people['ek'].pk}/reset/").status_code == 403


def test_the_list_asks_as_many_queries_for_thirty_people_as_for_three(cast: Cast) -> None:
    client = cast.client("boonmee")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(PEOPLE).status_code == 200
        return len(found)

    few = queries()
    for number in range(30):
        make_person(f"person{number}", cast.aonang, Role.OFFICER, Role.VIEWER)
    assert queries() == few


# --- several offices ------------------------------------------------------------------------------


def test_switching_between_own_offices(cast: Cast) -> None:
    Post.objects.create(
        user=cast.people["anong"], organization=cast.saithai, role=Role.OFFICER, from_date=date(2026, 1, 1)
    )
    client = cast.client("anong")
    assert "อบต.อ่าวนาง" in text(client, PEOPLE)
    switched = client.post(PEOPLE + "switch/", {"organization": str(cast.saithai.pk)})
    assert switched["Location"] == "/work/"
    assert client.get(of(cast.saithai)).status_code == 200
    assert client.get(of(cast.aonang)).status_code == 404  # one office at a time
    for foreign in (str(cast.krabi.pk), "", "x"):
        assert client.post(PEOPLE + "switch/", {"organization": foreign}).status_code == 400
    assert client.get(of(cast.saithai)).status_code == 200
    Post.objects.filter(organization=cast.saithai).update(to_date=today(timezone.now()) - timedelta(days=1))
    assert client.get(of(cast.aonang)).status_code == 200  # back where a post is held


# --- view as ---------------------------------------------------------------------------------------


def test_viewing_as_is_read_only_and_audited(cast: Cast) -> None:
    client = cast.client("ek")
    started = client.post(f"{PEOPLE}view-as/{cast.aonang.pk}/")
    assert started["Location"] == "/work/"
    assert client.get(of(cast.aonang)).status_code == 200
    assert client.get(of(cast.krabi)).status_code == 404, "sees what the office sees, no more"
    for address in (
        "/work/notices/read-all/",
        of(cast.aonang) + "add/",
        PEOPLE + "switch/",
        "/accounts/profile/",
    ):
        refused = client.post(address, {"username": "x", "role": "officer", "organization": cast.krabi.pk})
        assert refused.status_code == 403, address
        assert "อ่านได้อย่างเดียว" in refused.content.decode()
    assert client.post("/accounts/language/", {"language": "th"}).status_code == 302
    assert not Reading.objects.exists()
    client.post(PEOPLE + "view-as/stop/")
    assert client.get(of(cast.krabi)).status_code == 200
    start, stop = Entry.objects.filter(verb__startswith="organizations.view_as").order_by("id")
    for entry in (start, stop):
        assert (entry.actor_id, entry.office_id, entry.subject_id) == (
            cast.people["ek"].pk,
            cast.krabi.pk,
            str(cast.aonang.pk),
        )


@pytest.mark.parametrize(
    ("person", "office", "status"),
    [("dao", "kokklang", 404), ("anong", "mueang", 404), ("dao", "mueang", 403), ("dao", "town", 403)],
)
def test_viewing_as_is_refused_elsewhere(cast: Cast, person: str, office: str, status: int) -> None:
    client = cast.client(person)
    assert client.post(f"{PEOPLE}view-as/{getattr(cast, office).pk}/").status_code == status
    assert not Entry.objects.filter(verb__startswith="organizations.view_as").exists()
    assert client.post("/work/notices/read-all/").status_code == 302, "still in the own office"


def test_viewing_as_ends_when_the_post_above_ends(cast: Cast) -> None:
    client = cast.client("dao")
    client.post(f"{PEOPLE}view-as/{cast.aonang.pk}/")
    Post.objects.filter(user=cast.people["dao"]).update(revoked_at=timezone.now())
    assert client.get(of(cast.aonang)).status_code == 404


def test_stopping_without_having_started_is_harmless(cast: Cast) -> None:
    assert cast.client("anong").post(PEOPLE + "view-as/stop/").status_code == 302
    assert not Entry.objects.exists()


# --- command line ----------------------------------------------------------------------------------


def test_create_user_prints_the_one_time_password(cast: Cast) -> None:
    out = StringIO()
    call_command(
        "create_user",
        "Noi",
        "--organization",
        "06810107",
        "--role",
        "administrator",
        "--title",
        "ปลัด",
        stdout=out,
    )
    password = out.getvalue().split("รหัสผ่านชั่วคราว: ")[1].strip()
    assert User.objects.get(username="noi").check_password(password)
    assert Post.objects.get(user__username="noi").title == "ปลัด"
    for arguments in (["noi", "--organization", "06810107"], ["lek", "--organization", "99"]):
        with pytest.raises(CommandError):
            call_command("create_user", *arguments, "--role", "officer")
    assert not User.objects.filter(username="lek").exists()
