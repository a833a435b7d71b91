"""A one-time password opens the door for some days only."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client, override_settings

from jitasa.accounts.models import User
from jitasa.accounts.services.passwords import change_password, set_one_time_password
from jitasa.audit.models import Entry
from tests.cast import NOW, Cast

OVER = "รหัสผ่านชั่วคราวนี้หมดอายุแล้ว"


@pytest.fixture
def anong(cast: Cast) -> User:
    return cast.people["anong"]


def sign_in(password: str, now: datetime) -> tuple[int, str]:
    with patch("jitasa.accounts.adapter.timezone.now", return_value=now):
        answer = Client().post("/accounts/login/", {"login": "anong", "password": password})
    return answer.status_code, answer.content.decode()


def test_it_works_for_seven_days(anong: User) -> None:
    password = set_one_time_password(anong, now=NOW)
    assert sign_in(password, NOW + timedelta(days=6, hours=23))[0] == 302


def test_afterwards_it_says_what_to_do_and_opens_nothing(anong: User) -> None:
    password = set_one_time_password(anong, now=NOW)
    status, page = sign_in(password, NOW + timedelta(days=7))
    assert status == 200
    assert OVER in page
    entry = Entry.objects.get()
    assert (entry.verb, entry.data) == ("accounts.sign_in_failed", {"locked": False, "expired": True})
    assert (
        sign_in(set_one_time_password(anong, now=NOW + timedelta(days=8)), NOW + timedelta(days=9))[0] == 302
    )


def test_who_does_not_know_it_learns_nothing(anong: User) -> None:
    set_one_time_password(anong, now=NOW)
    assert OVER not in sign_in("ผิดแน่นอน", NOW + timedelta(days=30))[1]


def test_ones_own_password_never_ends(cast: Cast, anong: User) -> None:
    set_one_time_password(anong, now=NOW)
    change_password(actor=cast.anong, user=anong, password="ทะเลกระบี่สวยมาก", now=NOW)
    assert sign_in("ทะเลกระบี่สวยมาก", NOW + timedelta(days=300))[0] == 302


@override_settings(ONE_TIME_PASSWORD_DAYS=1)
def test_the_days_are_a_setting(anong: User) -> None:
    password = set_one_time_password(anong, now=NOW)
    assert OVER in sign_in(password, NOW + timedelta(days=2))[1]
