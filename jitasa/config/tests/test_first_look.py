"""A record that was sent is looked at for flags within seconds, not with the minute's chores."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from jitasa import heartbeat
from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.config import schedule as scheduling
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
START = NOW.timestamp()


class Seconds:
    """The clocks of a scheduler: wall and since boot."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed = 0.0
        self.chores: list[float] = []
        monkeypatch.setattr("time.time", lambda: START + self.passed)
        for module in (scheduling, heartbeat):
            monkeypatch.setattr(module, "since_boot", lambda: 1000.0 + self.passed)
        monkeypatch.setattr(scheduling, "close_old_connections", lambda: None)
        monkeypatch.setattr(scheduling, "upkeep", self._upkeep)

    def _upkeep(self, _now: datetime, **_believed: object) -> int:
        self.chores.append(self.passed)
        return 0


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    return Seconds(monkeypatch)


def test_the_first_look_does_not_wait_for_the_minute(cast: Cast, seconds: Seconds) -> None:
    make_lists()
    schedule = scheduling.Schedule("scheduler")
    schedule.look()
    sent = make_sent(cast.anong, look=False)
    assert Activity.objects.get(pk=sent.pk).awaits_look
    for seconds.passed in (1.0, 2.0, 3.0):
        schedule.look()
    assert not Activity.objects.get(pk=sent.pk).awaits_look
    assert seconds.chores == [0.0]


def test_many_at_once_keep_the_chores_waiting_only_for_some(
    cast: Cast, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_lists()
    for _ in range(3):
        make_sent(cast.anong, look=False)
    monkeypatch.setattr(scheduling, "FIRST_LOOKS", 2)
    schedule = scheduling.Schedule("scheduler")
    schedule.look()
    assert Activity.objects.filter(awaits_look=True).count() == 1
    assert seconds.chores == [0.0]
    seconds.passed = 2.0
    schedule.look()
    assert not Activity.objects.filter(awaits_look=True).exists()


def test_a_database_that_is_away_is_asked_again_with_the_minute(
    seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[datetime] = []

    def away(now: datetime, **_most: int) -> int:
        tried.append(now)
        raise OperationalError("away")

    monkeypatch.setattr(scheduling, "flag_pending", away)
    schedule = scheduling.Schedule("scheduler")
    for seconds.passed in (0.0, 2.0, 30.0, 60.0):
        schedule.look()
    assert tried == [datetime.fromtimestamp(START + each, UTC) for each in (0.0, 60.0)]
    assert seconds.chores == [0.0, 60.0]
