"""Authenticator app, recovery codes, second step at sign-in: what opens, what does not, what is kept."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.accounts.rules_guessing import ACCOUNT, OWN, PAIR
from jitasa.accounts.rules_mfa import clean_code, is_fresh
from jitasa.accounts.sealing import Unreadable, seal, unseal
from jitasa.accounts.services.access import AccessActor
from jitasa.accounts.services.guessing import remember_network
from jitasa.accounts.services.proofs import AT_SIGN_IN, check_code
from jitasa.accounts.services.second_factor import add_app, make_recovery_codes, remove_factor
from jitasa.audit.models import Entry
from jitasa.keys import KeyRing
from jitasa.problems import Conflict, Refusal
from tests.cast import NOW, Cast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "ทะเลสีครามยามเช้า"


def code_at(moment: float, secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(moment) // 30)))


def give_app(user: User, now: Any = NOW) -> list[str]:
    """An app, added some steps ago, so that the present code is not used up."""
    before = now - timedelta(minutes=10)
    return add_app(
        actor=AccessActor(user), user=user, secret=SECRET, code=code_at(before.timestamp()), now=before
    )


@pytest.fixture
def anong(cast: Cast) -> User:
    user = cast.people["anong"]
    user.email = "anong@example.go.th"
    user.set_password(PASSWORD)
    user.save()
    return user


def at_the_door(user: User) -> Client:
    """A browser after the right password."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:token")).json()["signed_in"])


# --- pure rules ------------------------------------------------------------------------------------
def test_a_code_is_read_as_people_type_it() -> None:
    assert clean_code(" 123 456 ") == clean_code("๑๒๓-๔๕๖") == "123456"


@pytest.mark.parametrize(
    ("method", "ago", "has", "fresh"),
    [
        ("password", 60, False, True),
        ("password", 901, False, False),
        ("password", 60, True, False),
        ("mfa", 60, True, True),
        ("mfa", 60, False, True),
        ("mfa", -60, True, False),
        ("socialaccount", 60, True, False),
    ],
)
def test_fresh_is_a_recent_proof_of_the_strongest_kind_the_person_has(
    method: str, ago: int, has: bool, fresh: bool
) -> None:
    records = [{"method": method, "at": NOW.timestamp() - ago}]
    assert is_fresh(records, has_second_factor=has, now=NOW, minutes=15) is fresh


# --- what is kept ----------------------------------------------------------------------------------
def test_the_secret_stands_sealed_in_the_database(anong: User) -> None:
    give_app(anong)
    for row in Authenticator.objects.filter(user=anong):
        sealed = row.data.get("secret") or row.data["seed"]
        assert SECRET not in str(row.data)
        assert unseal(sealed)


def test_a_new_key_seals_and_the_old_one_still_opens(settings: Any) -> None:
    first, second = "a" * 60, "b" * 60
    settings.KEYS = {**settings.KEYS, "mfa": KeyRing(first)}
    sealed = seal("กุญแจ")
    settings.KEYS = {**settings.KEYS, "mfa": KeyRing(second, (first,))}
    assert unseal(sealed) == "กุญแจ"
    settings.KEYS = {**settings.KEYS, "mfa": KeyRing(second)}
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_the_session_of_somebody_adding_an_app_holds_no_clear_secret(cast: Cast) -> None:
    client = cast.client("anong")
    page = client.get(reverse("accounts:app_add"))
    shown = page.context["secret"].replace(" ", "")
    assert shown not in str(dict(client.session))
    assert client.get(reverse("accounts:app_add")).context["secret"].replace(" ", "") == shown


# --- codes -----------------------------------------------------------------------------------------
def test_a_code_opens_once_and_neighbours_in_time_are_taken(anong: User) -> None:
    give_app(anong)
    code = code_at(NOW.timestamp())
    late = NOW + timedelta(seconds=29)
    assert check_code(user=anong, code=code, address="10.0.0.1", now=late)
    assert check_code(user=anong, code=code, address="10.0.0.1", now=late) is None
    older = code_at(NOW.timestamp() - 30)
    assert check_code(user=anong, code=older, address="10.0.0.1", now=late) is None
    far = code_at(NOW.timestamp() + 90)
    assert check_code(user=anong, code=far, address="10.0.0.1", now=NOW) is None


def test_recovery_codes_work_once_each_and_new_ones_replace_them(anong: User) -> None:
    codes = give_app(anong)
    assert len(set(codes)) == 10
    spaced = f"{codes[0][:4]} {codes[0][4:]}"
    assert check_code(user=anong, code=spaced, address="10.0.0.1", now=NOW)
    assert check_code(user=anong, code=codes[0], address="10.0.0.1", now=NOW) is None
    new = make_recovery_codes(actor=AccessActor(anong), user=anong, now=NOW)
    assert check_code(user=anong, code=codes[1], address="10.0.0.1", now=NOW) is None
    assert check_code(user=anong, code=new[1], address="10.0.0.1", now=NOW)


def test_guessing_at_the_second_step_ends_and_the_owner_elsewhere_is_let_in(anong: User) -> None:
    give_app(anong)
    right = code_at(NOW.timestamp())
    for _ in range(PAIR.free):
        assert check_code(user=anong, code="000000", address="10.0.0.1", now=NOW, verb=AT_SIGN_IN) is None
    with pytest.raises(Refusal, match="รอ 1 นาที") as refused:
        check_code(user=anong, code=right, address="10.0.0.1", now=NOW, verb=AT_SIGN_IN)
    assert refused.value.code == "too_many_tries"
    assert check_code(user=anong, code=right, address="10.0.0.2", now=NOW, verb=AT_SIGN_IN)


def test_guessing_from_many_networks_ends_but_not_where_the_owner_has_been(anong: User) -> None:
    give_app(anong)
    right = code_at(NOW.timestamp())
    remember_network(user=anong, address="10.0.9.9", now=NOW)
    for number in range(ACCOUNT.free):
        check_code(user=anong, code="000000", address=f"10.0.1.{number}", now=NOW, verb=AT_SIGN_IN)
    with pytest.raises(Refusal):
        check_code(user=anong, code=right, address="10.0.2.1", now=NOW, verb=AT_SIGN_IN)
    assert check_code(user=anong, code=right, address="10.0.9.9", now=NOW, verb=AT_SIGN_IN)


def test_guessing_while_signed_in_ends_too(anong: User) -> None:
    give_app(anong)
    for _ in range(OWN.free):
        assert check_code(user=anong, code="000000", address="10.0.0.1", now=NOW) is None
    with pytest.raises(Refusal):
        check_code(user=anong, code=code_at(NOW.timestamp()), address="10.0.0.1", now=NOW)


def test_a_second_app_is_refused_and_the_first_stays(anong: User) -> None:
    give_app(anong)
    with pytest.raises(Conflict):
        add_app(actor=AccessActor(anong), user=anong, secret="A" * 32, code="123456", now=NOW)
    assert check_code(user=anong, code=code_at(NOW.timestamp()), address="10.0.0.1", now=NOW)


def test_recovery_codes_go_with_the_last_factor(anong: User) -> None:
    give_app(anong)
    app = Authenticator.objects.get(user=anong, type="totp")
    remove_factor(actor=AccessActor(anong), user=anong, factor=app, now=NOW)
    assert not Authenticator.objects.filter(user=anong).exists()
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["accounts.add_app", "accounts.make_recovery_codes", "accounts.remove_app"]


# --- sign-in ---------------------------------------------------------------------------------------
def test_the_password_alone_opens_nothing_any_more(anong: User) -> None:
    give_app(anong, timezone.now())
    client = at_the_door(anong)
    assert not is_in(client)
    page = client.get(reverse("mfa_authenticate"))
    assert "ยืนยันตัวอีกชั้นหนึ่ง" in page.content.decode()
    assert "ใช้พาสคีย์" not in page.content.decode()  # she has none
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "รหัสไม่ถูกต้อง" in wrong.content.decode()
    assert not is_in(client)
    failed = Entry.objects.get(verb="accounts.second_step_failed")
    assert failed.subject_id == str(anong.pk)
    assert failed.address == "127.0.0.1"
    right = client.post(reverse("mfa_authenticate"), {"code": code_at(time.time())})
    assert right.status_code == 302
    assert is_in(client)
    assert Entry.objects.filter(verb="accounts.sign_in", actor_id=anong.pk).count() == 1


def test_a_used_code_does_not_open_a_second_door(anong: User) -> None:
    give_app(anong, timezone.now())
    code = code_at(time.time())
    first, second = at_the_door(anong), at_the_door(anong)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_the_second_step_is_no_page_for_passers_by(cast: Cast) -> None:
    answer = Client().get(reverse("mfa_authenticate"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login")


@pytest.mark.parametrize(
    "credential",
    ["", "[]", '"x"', "{}", '{"id":1}', '{"response":{"userHandle":"AA"}}', "{" * 9000, "9" * 4400],
)
def test_a_passkey_that_nobody_made_opens_nothing_and_breaks_nothing(anong: User, credential: str) -> None:
    client = Client()
    assert client.get(reverse("accounts:passkey_options")).json()["challenge"]
    answer = client.post(reverse("accounts:passkey_sign_in"), {"credential": credential})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login")
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["{}", "x", "{" * 9000, "9" * 4400])
def test_what_no_browser_made_is_added_as_no_passkey(cast: Cast, credential: str) -> None:
    answer = cast.client("anong").post(reverse("accounts:passkey_add"), {"credential": credential})
    assert answer.status_code in (400, 422)
    assert not Authenticator.objects.exists()


# --- pages -----------------------------------------------------------------------------------------
def test_adding_an_app_shows_recovery_codes_once_and_signs_other_devices_out(cast: Cast) -> None:
    client, other = cast.client("anong"), cast.client("anong")
    other.get(reverse("accounts:sessions"))
    page = client.get(reverse("accounts:app_add"))
    assert page.content.count(b"<svg") >= 1
    secret = page.context["secret"].replace(" ", "")
    wrong = client.post(reverse("accounts:app_add"), {"code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["secret"].replace(" ", "") == secret, "the picture already scanned still fits"
    shown = client.post(reverse("accounts:app_add"), {"code": code_at(time.time(), secret)})
    codes = shown.context["codes"]
    assert len(codes) == 10
    assert all(code in shown.content.decode() for code in codes)
    assert codes[0] not in client.get(reverse("accounts:security")).content.decode()
    assert is_in(client)
    assert not is_in(other)


def test_the_person_is_told_by_mail_and_sees_it_on_the_page(
    anong: User, cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.go.th"
    with django_capture_on_commit_callbacks(execute=True):
        give_app(anong)
    assert [message.to for message in mail.outbox] == [["anong@example.go.th"]] * 2
    assert "เพิ่มแอปยืนยันตัวตน" in mail.outbox[0].subject
    assert "เพิ่มแอปยืนยันตัวตน" in cast.client("anong").get(reverse("accounts:security")).content.decode()


def test_nobody_removes_the_factor_of_somebody_else(anong: User, cast: Cast) -> None:
    give_app(anong)
    app = Authenticator.objects.get(user=anong, type="totp")
    answer = cast.client("boonmee").post(reverse("accounts:factor_remove", args=[app.pk]))
    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=app.pk).exists()
