"""Whoever must have a second factor works only with one; others are asked for nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jitasa.accounts.tests.test_second_factor import give_app
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.rules_second_factor import needs_second_factor
from tests.cast import Cast


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.MFA_REQUIRED = "1"


@pytest.mark.parametrize(
    ("level", "role", "needs"),
    [
        (Level.LAO, Role.OFFICER, False),
        (Level.LAO, Role.APPROVER, False),
        (Level.LAO, Role.ADMINISTRATOR, True),
        (Level.DISTRICT, Role.OFFICER, False),
        (Level.DISTRICT, Role.ADMINISTRATOR, True),
        (Level.PROVINCE, Role.VIEWER, True),
        (Level.PROVINCE, Role.OFFICER, True),
        (Level.DEPARTMENT, Role.VIEWER, True),
    ],
)
def test_who_must_have_one(level: str, role: str, needs: bool) -> None:
    assert needs_second_factor([(Level.LAO, Role.OFFICER), (level, role)], required="1") is needs
    assert needs_second_factor([(level, role)], required="all")
    assert not needs_second_factor([(level, role)], required="0")


@pytest.mark.parametrize("name", ["boonmee", "dao", "ek", "fah"])
def test_who_must_have_one_is_led_to_add_one_and_nowhere_else(cast: Cast, name: str) -> None:
    client = cast.client(name)
    for page in ("home:start", "accounts:profile", "organizations:people", "notices:list"):
        answer = client.get(reverse(page))
        assert answer.status_code == 302, page
        assert answer["Location"] == reverse("accounts:security")
    assert client.post(reverse("organizations:switch"), {"organization": "1"})["Location"] == reverse(
        "accounts:security"
    )
    security = client.get(reverse("accounts:security"))
    assert security.content.decode().count("ต้องใช้การยืนยันตัวสองชั้น") == 1  # said once
    assert client.get(reverse("accounts:app_add")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_with_one_the_work_opens(cast: Cast) -> None:
    give_app(cast.people["ek"], timezone.now())
    assert cast.client("ek").get(reverse("home:start")).status_code == 200


@pytest.mark.parametrize("name", ["anong", "chai"])
def test_an_officer_of_a_local_government_is_asked_for_nothing(cast: Cast, name: str) -> None:
    assert cast.client(name).get(reverse("home:start")).status_code == 200


def test_a_script_gets_a_refusal_with_the_address(cast: Cast) -> None:
    answer = cast.client("ek").get(reverse("home:start"), headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.json() == {
        "error": "second_factor",
        "message": answer.json()["message"],
        "url": reverse("accounts:security"),
    }


def test_a_trial_runs_without(cast: Cast, settings: Any) -> None:
    settings.MFA_REQUIRED = "0"
    assert cast.client("fah").get(reverse("home:start")).status_code == 200


def test_public_pages_stay_open_to_somebody_without_one(cast: Cast) -> None:
    """They know no reader, so there is nothing to keep from her."""
    assert cast.client("fah").get("/map/").status_code == Client().get("/map/").status_code == 200


def test_looking_as_an_office_below_does_not_get_round_it(cast: Cast) -> None:
    client = cast.client("ek")
    session = client.session
    session["view_as"] = cast.aonang.pk
    session.save()
    assert client.get(reverse("home:start"))["Location"] == reverse("accounts:security")
