"""How long a request waits for a lock: the full time, but briefly in a queue behind a lock that is held."""

import time

import pytest
from django.db import connection
from django.test import RequestFactory

from jitasa.ui import database
from jitasa.ui.busy import busy_answer

pytestmark = pytest.mark.django_db


def wait_for_a_lock() -> str:
    """What the database says it waits at most."""
    asked = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return str(cursor.fetchone()[0])


def wait_of_one_that_came(seconds_ago: float) -> str:
    request = RequestFactory().post("/")
    request.META["jitasa.arrived"] = time.monotonic() - seconds_ago
    with database.patience_left(request):
        return wait_for_a_lock()


def test_a_long_queue_alone_shortens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the last evening requests wait for threads; locks pass from hand to hand, and nobody is sent away."""
    monkeypatch.setattr(database, "_sent_away_at", float("-inf"))
    assert wait_of_one_that_came(5) == wait_for_a_lock()


@pytest.mark.own_session
def test_a_queue_behind_a_held_lock_is_answered_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = wait_for_a_lock()
    monkeypatch.setattr(database, "_sent_away_at", float("-inf"))
    busy_answer(RequestFactory().get("/"))  # one waited the whole time-out for nothing
    assert wait_of_one_that_came(0) == usual
    assert wait_of_one_that_came(5) in {"200", "200ms"}
    assert wait_for_a_lock() == usual
    monkeypatch.setattr(database, "_sent_away_at", time.monotonic() - database.HELD_SECONDS - 1)
    assert wait_of_one_that_came(5) == usual
