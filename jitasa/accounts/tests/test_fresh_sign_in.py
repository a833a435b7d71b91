"""Step-up: acts of weight ask again when the last proof is old, and nothing typed is lost by it."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.accounts.rules_guessing import OWN
from jitasa.accounts.tests.test_second_factor import PASSWORD, code_at, give_app
from jitasa.audit.models import Entry
from jitasa.letters.models import Letter
from jitasa.letters.tests.samples import PDF, set_up_office
from jitasa.letters.tests.test_page_views import posted
from jitasa.organizations.models import Organization
from tests.cast import Cast, just_signed_in
from tests.things import World
from tests.things.letters import letter_draft

OLD = timedelta(minutes=16).total_seconds()


@pytest.fixture
def boonmee(cast: Cast) -> Client:
    """The administrator of Anong's office, whose sign-in is sixteen minutes old."""
    user = cast.people["boonmee"]
    user.set_password(PASSWORD)
    user.save()
    client = cast.client("boonmee")
    just_signed_in(client, user, ago=OLD)
    return client


def reset_of(cast: Cast) -> str:
    return reverse("organizations:person_reset", args=[cast.people["anong"].pk])


def test_a_fresh_sign_in_is_not_asked_again(cast: Cast) -> None:
    answer = cast.client("boonmee").post(reset_of(cast))
    assert answer.status_code == 200
    assert answer.context["password"]


def test_an_old_sign_in_is_asked_and_nothing_is_done_before(cast: Cast, boonmee: Client) -> None:
    before = cast.people["anong"].password
    answer = boonmee.post(reset_of(cast))
    assert answer.status_code == 401
    assert "no-store" in answer["Cache-Control"]
    assert "ยืนยันว่าเป็นท่าน" in answer.content.decode()
    assert User.objects.get(username="anong").password == before


def test_the_right_password_does_the_act_and_the_next_one_asks_no_more(cast: Cast, boonmee: Client) -> None:
    answer = boonmee.post(reset_of(cast), {"confirm_password": PASSWORD})
    assert answer.status_code == 200
    assert answer.context["password"]
    assert boonmee.post(reset_of(cast)).status_code == 200


def test_a_wrong_password_does_nothing_is_noted_and_counted(cast: Cast, boonmee: Client) -> None:
    before = cast.people["anong"].password
    for _ in range(OWN.free):
        answer = boonmee.post(reset_of(cast), {"confirm_password": "ผิด"})
        assert "รหัสผ่านไม่ถูกต้อง" in answer.content.decode()
    late = boonmee.post(reset_of(cast), {"confirm_password": PASSWORD})
    assert late.status_code == 401
    assert "หลายครั้ง" in late.content.decode()
    assert User.objects.get(username="anong").password == before
    assert Entry.objects.filter(verb="accounts.confirm_failed").count() == OWN.free


def test_whoever_has_a_second_factor_must_use_it(cast: Cast, boonmee: Client) -> None:
    give_app(cast.people["boonmee"], timezone.now())
    just_signed_in(boonmee, cast.people["boonmee"], method="password")
    page = boonmee.post(reset_of(cast))
    assert page.status_code == 401
    assert "confirm_code" in page.content.decode()
    assert boonmee.post(reset_of(cast), {"confirm_password": PASSWORD}).status_code == 401
    assert boonmee.post(reset_of(cast), {"confirm_code": code_at(time.time())}).status_code == 200


def test_what_was_typed_is_carried_through_the_question(cast: Cast, boonmee: Client) -> None:
    """Thai, quotes, several values of one name: all come back as hidden fields of the page that asks."""
    typed = {"note": ['ถนน "ใหม่" <b>&', "๒"], "active": "0"}
    answer = boonmee.post(reset_of(cast), typed)
    assert answer.context["asking"].fields == [("note", typed["note"][0]), ("note", "๒"), ("active", "0")]
    html = answer.content.decode()
    assert "ถนน &quot;ใหม่&quot; &lt;b&gt;&amp;" in html
    again = boonmee.post(reset_of(cast), {**typed, "confirm_password": "ผิด"})
    assert again.context["asking"].fields == answer.context["asking"].fields


def test_where_notices_go_to_is_changed_by_who_proves_it(cast: Cast, boonmee: Client) -> None:
    """Whoever finds a device open must not lead notices about the account away; the name may be mended."""
    mine = cast.people["boonmee"]
    form = {
        "full_name": "บุญมี",
        "email": mine.email,
        "phone": mine.phone,
        "numerals": "arabic",
        "language": "th",
    }
    address = reverse("accounts:profile")
    assert boonmee.post(address, form).status_code == 302
    away = {**form, "email": "somebody@example.com"}
    assert boonmee.post(address, away).status_code == 401
    mine.refresh_from_db()
    assert (mine.full_name, mine.email) == ("บุญมี", form["email"])
    assert boonmee.post(address, {**away, "confirm_password": PASSWORD}).status_code == 302
    mine.refresh_from_db()
    assert mine.email == "somebody@example.com"


@pytest.mark.parametrize("others", [True, False])
def test_signing_devices_out_asks(cast: Cast, boonmee: Client, others: bool) -> None:
    """Or a stranger at an open device would shut its owner out everywhere else."""
    cast.client("boonmee").get(reverse("accounts:sessions"))
    (there,) = UserSession.objects.filter(user=cast.people["boonmee"])
    address = (
        reverse("accounts:sessions_end_others")
        if others
        else reverse("accounts:session_end", args=[there.pk])
    )
    assert boonmee.post(address).status_code == 401
    assert UserSession.objects.filter(pk=there.pk).exists()
    assert boonmee.post(address, {"confirm_password": PASSWORD}).status_code == 302
    assert not UserSession.objects.filter(pk=there.pk).exists()


def test_a_page_opened_late_asks_first_and_then_opens(cast: Cast) -> None:
    client, user = cast.client("anong"), cast.people["anong"]
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    just_signed_in(client, user, ago=OLD)
    page = client.get(reverse("accounts:app_add"))
    assert page.status_code == 401
    answer = client.post(reverse("accounts:app_add"), {"confirm_opening": "1", "confirm_password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("accounts:app_add")
    assert client.get(reverse("accounts:app_add")).status_code == 200


def test_a_script_is_told_where_to_confirm(cast: Cast, boonmee: Client) -> None:
    answer = boonmee.post(reset_of(cast), headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.json()["error"] == "confirm"
    assert answer.json()["url"].startswith(reverse("accounts:confirm"))


def test_confirming_leads_to_addresses_of_this_site_only(cast: Cast) -> None:
    client = cast.client("anong")
    ours = client.get(reverse("accounts:confirm"), {"next": "/work/"})
    theirs = client.get(reverse("accounts:confirm"), {"next": "https://evil.example/"})
    assert (ours["Location"], theirs["Location"]) == ("/work/", reverse("accounts:security"))


def test_a_guest_is_sent_to_the_sign_in_page_not_asked(cast: Cast) -> None:
    answer = Client().post(reset_of(cast))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def old_client(cast: Cast, name: str) -> Client:
    client = cast.client(name)
    just_signed_in(client, cast.people[name], ago=OLD)
    return client


def test_view_as_asks(cast: Cast) -> None:
    answer = old_client(cast, "dao").post(reverse("organizations:view_as", args=[cast.aonang.pk]))
    assert answer.status_code == 401


def test_changing_ones_own_password_asks_for_the_second_factor(cast: Cast) -> None:
    give_app(cast.people["anong"], timezone.now())
    client = cast.client("anong")
    just_signed_in(client, cast.people["anong"], method="password")
    assert client.get(reverse("accounts:password")).status_code == 401
    answer = client.post(
        reverse("accounts:password"), {"confirm_opening": "1", "confirm_code": code_at(time.time())}
    )
    assert answer.status_code == 302
    assert client.get(reverse("accounts:password")).status_code == 200


def a_draft(cast: Cast, office: Organization) -> Letter:
    found: Letter = Letter.objects.get(uuid=letter_draft(World(cast), office)["uuid"])
    return found


def test_issuing_a_letter_asks_keeps_the_draft_and_goes_on_with_the_number(cast: Cast) -> None:
    letter = a_draft(cast, cast.aonang)
    client = old_client(cast, "boonmee")
    answer = client.post(reverse("letters:issue", args=[letter.uuid]), {"typed_number": "กบ ๐๐๒๓/๑๒"})
    assert answer.status_code == 401
    assert answer.context["asking"].fields == [("typed_number", "กบ ๐๐๒๓/๑๒")]
    letter.refresh_from_db()
    assert letter.status != "issued"


def test_the_composer_keeps_words_and_files_before_it_asks(cast: Cast) -> None:
    """The last words and the enclosure are in the draft; the right password then issues it with its number."""
    signer = set_up_office(cast.krabi)
    cast.people["ek"].set_password(PASSWORD)
    cast.people["ek"].save()
    fresh = cast.client("ek")
    fresh.post(reverse("letters:new"), posted(signer=signer.pk))
    letter = Letter.objects.get()
    data = posted(signer=signer.pk, more="issue", base_revision=letter.revision, subject="เรื่องที่แก้ครั้งสุดท้าย")
    data |= {"typed_number": "กบ ๐๐๒๓.๑/ว ๑๒", "enclosures-0-file": SimpleUploadedFile("แบบ.pdf", PDF)}
    client = old_client(cast, "ek")
    asked = client.post(reverse("letters:edit", args=[letter.uuid]), data)
    assert asked.status_code == 401
    letter.refresh_from_db()
    assert (letter.status, letter.subject) == ("draft", "เรื่องที่แก้ครั้งสุดท้าย")
    assert letter.enclosures.get().title == "แบบ"
    asking: Any = asked.context["asking"]
    answer = client.post(asking.action, {**dict(asking.fields), "confirm_password": PASSWORD})
    assert answer["Location"] == reverse("letters:show", args=[letter.uuid])
    letter.refresh_from_db()
    assert (letter.status, letter.number) == ("issued", "กบ ๐๐๒๓.๑/ว ๑๒")
