"""A lost telephone: the line above helps, nobody else, and the owner hears of it."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from jitasa.accounts.tests.test_second_factor import give_app
from jitasa.audit.models import Entry
from jitasa.organizations.choices import Role
from jitasa.organizations.services.second_factor import reset_second_factor
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast, just_signed_in, make_person, viewer


def has_factors(cast: Cast, name: str) -> bool:
    return bool(Authenticator.objects.filter(user=cast.people[name]).exists())


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        ("boonmee", "anong"),
        ("dao", "boonmee"),
        ("ek", "boonmee"),
        ("ek", "dao"),
        ("fah", "ek"),
        ("fah", "chai"),
    ],
)
def test_an_administrator_of_the_line_above_takes_them_away(cast: Cast, actor: str, person: str) -> None:
    give_app(cast.people[person])
    reset_second_factor(actor=getattr(cast, actor), user=cast.people[person], now=NOW)
    assert not has_factors(cast, person)
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject_id) == (
        "organizations.reset_second_factor",
        str(cast.people[person].pk),
    )
    assert entry.data == {"count": 1}


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        ("anong", "boonmee"),
        ("chai", "anong"),
        ("dao", "chai"),
        ("dao", "ek"),
        ("dao", "dao"),
        ("fah", "fah"),
        ("boonmee", "dao"),
    ],
)
def test_nobody_else_does_and_nobody_her_own(cast: Cast, actor: str, person: str) -> None:
    give_app(cast.people[person])
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        reset_second_factor(actor=getattr(cast, actor), user=cast.people[person], now=NOW)
    assert has_factors(cast, person)
    assert Entry.objects.count() == before


def test_administrators_of_one_office_do_not_do_it_for_each_other_but_in_the_department(cast: Cast) -> None:
    second = make_person("second", cast.mueang, Role.ADMINISTRATOR)
    give_app(second)
    with pytest.raises(Forbidden):
        reset_second_factor(actor=cast.dao, user=second, now=NOW)
    gap = make_person("gap", cast.department, Role.ADMINISTRATOR)
    give_app(gap)
    assert reset_second_factor(actor=cast.fah, user=gap, now=NOW) == 1


def test_looking_as_an_office_does_not_give_the_power(cast: Cast) -> None:
    give_app(cast.people["anong"])
    with pytest.raises(Forbidden):
        reset_second_factor(
            actor=viewer(cast.people["ek"], cast.aonang, Role.VIEWER), user=cast.people["anong"], now=NOW
        )
    assert has_factors(cast, "anong")


def test_sessions_end_and_the_person_is_told(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.go.th"
    user = cast.people["anong"]
    user.email = "anong@example.go.th"
    user.save()
    give_app(user)
    client = cast.client("anong")
    assert client.get(reverse("accounts:sessions")).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        reset_second_factor(actor=cast.boonmee, user=user, now=NOW)
    assert client.get(reverse("accounts:sessions")).status_code == 302
    assert "ถูกยกเลิก" in mail.outbox[-1].subject
    assert "Boonmee" in mail.outbox[-1].body
    page = cast.client("anong").get(reverse("accounts:security")).content.decode()
    assert "ยกเลิกการยืนยันตัวสองชั้นของผู้ใช้" in page


def test_the_page_explains_asks_again_and_does_it(cast: Cast) -> None:
    give_app(cast.people["anong"], timezone.now())
    address = reverse("organizations:second_factor_reset", args=[cast.people["anong"].pk])
    client = cast.client("boonmee")
    assert "เบอร์ซึ่งท่านรู้จักอยู่แล้ว" in client.get(address).content.decode()
    just_signed_in(client, cast.people["boonmee"], ago=1000)
    assert client.post(address).status_code == 401
    assert has_factors(cast, "anong")
    just_signed_in(client, cast.people["boonmee"])
    assert client.post(address).status_code == 302
    assert not has_factors(cast, "anong")


def test_the_command_helps_where_nobody_above_can(cast: Cast) -> None:
    give_app(cast.people["fah"])
    out = StringIO()
    call_command("reset_mfa", "FAH", stdout=out)
    assert "ยกเลิกแล้ว 1 วิธี" in out.getvalue()
    assert not has_factors(cast, "fah")
    with pytest.raises(CommandError, match="ไม่มีอะไรต้องยกเลิก"):
        call_command("reset_mfa", "fah")
    with pytest.raises(CommandError, match="ไม่พบผู้ใช้"):
        call_command("reset_mfa", "nobody")


def test_without_one_there_is_nothing_to_take(cast: Cast) -> None:
    with pytest.raises(Refusal, match="ไม่มีอะไรต้องยกเลิก"):
        reset_second_factor(actor=cast.boonmee, user=cast.people["anong"], now=NOW)
