"""What is looked after every minute takes away what nobody needs any more, and one failure stops no other chore."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from jitasa.accounts.models import Guesses
from jitasa.config import upkeep
from jitasa.config.tests.test_jobs import QUEUE, job
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]


def test_sessions_jobs_and_counts_past_their_time_go_and_others_stay(settings: Any) -> None:
    settings.TASKS = QUEUE
    for key, days in (("over", -1), ("alive", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(days=days))
        Guesses.objects.create(key=key, last_at=NOW + timedelta(days=3 * days - 1))
    old = job("w:1:a", status="SUCCESSFUL", finished_at=NOW - timedelta(days=40), queue_name="notices")
    new = job("w:1:a", status="SUCCESSFUL", finished_at=NOW - timedelta(hours=1))
    seen = job("w:1:a", status="FAILED", finished_at=NOW - timedelta(days=40), queue_name="notices")
    assert upkeep.upkeep(NOW) == 0
    assert DBTaskResult.objects.filter(pk=seen.pk).exists()  # the operator has not looked at it yet
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]
    assert list(Guesses.objects.values_list("key", flat=True)) == ["alive"]
    assert list(DBTaskResult.objects.filter(pk__in=[old.pk, new.pk])) == [new]


def test_a_chore_that_fails_is_said_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(upkeep, "chores", lambda _now: [fails, lambda: done.append("next")])
    assert upkeep.upkeep(NOW) == 1
    assert done == ["next"]
