"""Sessions end by themselves, sooner for administrators; passwords that are easy to guess are refused."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.accounts.services.sessions import end_all_sessions, forget_ended_sessions
from jitasa.audit.models import Entry
from jitasa.organizations.services.former import end_sessions_of_former
from jitasa.thai.dates import today
from tests.cast import Cast

PASSWORD = "ทะเลกระบี่สวยมาก"
PAGE = "/accounts/profile/"


def signed_in(cast: Cast, name: str) -> Client:
    user = cast.people[name]
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    assert client.post("/accounts/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


def later(client: Client, **span: float) -> Any:
    with patch(
        "jitasa.organizations.session_limits.steady_now", return_value=timezone.now() + timedelta(**span)
    ):
        return client.get(PAGE)


def used_lately(client: Client, **span: float) -> None:
    """As if the session had been used all the time until ``span`` after now."""
    store = client.session
    store["seen_at"] = int((timezone.now() + timedelta(**span)).timestamp())
    store.save()


@pytest.mark.parametrize(
    ("name", "span", "status"),
    [
        ("anong", {"hours": 7}, 200),
        ("anong", {"hours": 9}, 302),
        ("boonmee", {"minutes": 55}, 200),
        ("boonmee", {"minutes": 65}, 302),
        ("fah", {"minutes": 65}, 302),
    ],
)
def test_a_session_not_used_for_a_time_ends(
    cast: Cast, name: str, span: dict[str, float], status: int
) -> None:
    client = signed_in(cast, name)
    assert later(client, **span).status_code == status
    assert client.get(PAGE).status_code == status, "for good"
    ended = Entry.objects.filter(
        verb="accounts.session_over", data__reason="idle", actor_id=cast.people[name].pk
    )
    assert ended.exists() == (status == 302)


@pytest.mark.parametrize(
    ("name", "hours", "status"),
    [("anong", 6 * 24, 200), ("anong", 7 * 24 + 1, 302), ("boonmee", 11, 200), ("boonmee", 13, 302)],
)
def test_a_session_ends_some_time_after_the_sign_in_however_much_it_is_used(
    cast: Cast, name: str, hours: int, status: int
) -> None:
    client = signed_in(cast, name)
    used_lately(client, hours=hours)
    assert later(client, hours=hours).status_code == status


def test_a_script_is_told_with_401_and_what_was_typed_stays(cast: Cast) -> None:
    client = signed_in(cast, "anong")
    moment = timezone.now() + timedelta(hours=9)
    with patch("jitasa.organizations.session_limits.steady_now", return_value=moment):
        answer = client.get(PAGE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Trigger"]) == (401, "sign-in-again")


def test_within_the_limits_a_page_asks_nothing_more(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast, "anong")
    with patch("jitasa.organizations.session_limits._is_administrator") as asked:
        client.get(PAGE)
    asked.assert_not_called()


def test_ending_all_sessions_ends_also_one_that_nobody_listed(cast: Cast) -> None:
    client = signed_in(cast, "anong")
    UserSession.objects.all().delete()
    end_all_sessions(cast.people["anong"])
    assert client.get(PAGE).status_code == 302


def test_when_a_post_ends_by_its_date_its_sessions_end_at_midnight(cast: Cast) -> None:
    client, other = signed_in(cast, "anong"), signed_in(cast, "chai")
    now = timezone.now()
    cast.people["anong"].posts.update(to_date=today(now))
    assert end_sessions_of_former(now=now) == 0
    assert client.get(PAGE).status_code == 200
    tomorrow = now + timedelta(days=1)
    assert end_sessions_of_former(now=tomorrow) == 1
    assert end_sessions_of_former(now=tomorrow) == 0
    assert client.get(PAGE).status_code == 302
    assert other.get(PAGE).status_code == 200
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "anong", "password": PASSWORD})
    UserSession.objects.filter(user=cast.people["anong"]).update(created_at=tomorrow)
    assert end_sessions_of_former(now=tomorrow) == 0, "a sign-in afterwards, to export her data, stays"


def test_devices_of_ended_sessions_are_forgotten(cast: Cast) -> None:
    signed_in(cast, "anong")
    now = timezone.now()
    assert forget_ended_sessions(now=now) == 0
    assert forget_ended_sessions(now=now + timedelta(days=40)) == 1


@pytest.mark.parametrize(
    "password",
    [
        "h4a-h4a-h4a-h4a",
        "krabi-krabi-krabi",
        "ภูเขาภูเขาภูเขา",
        "aaaaaaaaaaaa",
        "กกกกกกกกกกกก",
        "12345678901234",
        "qazwsxedcrfv",
        "ฟหกดเ้่าสวงผปแอ",
        "password2569",
        "abcdefghijkl",
        "0812345678",
        "jitasa2569",
    ],
)
def test_passwords_that_are_easy_to_guess_fall_in_thai(cast: Cast, password: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password(password, User(username="anong"))
    assert all("รหัสผ่าน" in text for text in caught.value.messages)


@pytest.mark.parametrize(
    "password", ["ทะเลกระบี่สวยมาก", "ภูเขาและป่าโกงกาง", "moo-yang-krabi-81", "k7mp-2xqd-w9ra-hu4t"]
)
def test_sentences_and_random_ones_stand(cast: Cast, password: str) -> None:
    validate_password(password, User(username="anong"))
    validate_password("ก" + password * 20, User(username="anong"))
