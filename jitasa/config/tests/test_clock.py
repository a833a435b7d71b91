"""A clock that jumps is not believed: no round is opened by it, nothing is cleared, nobody signed out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from jitasa import clock as clocks
from jitasa import heartbeat
from jitasa.clock import SETTLED, Clock, Now, accept_clock, jump
from jitasa.config import schedule as scheduling
from jitasa.heartbeat import Beat
from tests.cast import Cast

MINUTE, YEAR = 60.0, 365 * 24 * 3600.0
START = datetime(2026, 11, 26, 3, tzinfo=UTC).timestamp()


def beat(at: float = START, up: float = 1000.0, boot: str = "this") -> Beat:
    return Beat("scheduler", "host", 1, 0.0, at, boot, up, {})


def test_time_that_passes_is_no_jump() -> None:
    assert jump(beat(), Now(START + 8 * 3600, 1000 + 8 * 3600, "this")) == 0
    assert jump(beat(), Now(START + 9 * MINUTE, 1001, "this")) == 0  # within what a clock may be corrected by
    assert jump(None, Now(START, 5, "this")) == 0


def test_ahead_and_back_are_jumps() -> None:
    assert jump(beat(), Now(START + YEAR + 1, 1001, "this")) == YEAR
    assert jump(beat(), Now(START - YEAR + 1, 1001, "this")) == -YEAR


def test_a_machine_that_was_off_for_a_week_is_believed_but_not_for_a_year_or_back() -> None:
    assert jump(beat(), Now(START + 7 * 24 * 3600, 30, "next")) == 0
    assert jump(beat(), Now(START + YEAR, 30, "next")) == YEAR
    assert jump(beat(), Now(START - 3600, 30, "next")) == -3600


def test_a_minute_far_ahead_is_refused_and_then_all_goes_on() -> None:
    clock = Clock(beat())
    assert clock.believed(Now(START + 1, 1001, "this"))
    assert not clock.believed(Now(START + YEAR, 1002, "this"))
    assert not clock.believed(Now(START + YEAR + 58, 1060, "this"))
    assert clock.believed(Now(START + 61, 1061, "this"))
    assert clock.jumped == 0


def test_a_clock_that_stands_for_an_hour_or_is_accepted_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(beat())
    assert not clock.believed(Now(START + YEAR, 1000, "this"))
    assert not clock.believed(Now(START + YEAR + SETTLED - 60, 1000 + SETTLED - 60, "this"))
    assert clock.believed(Now(START + YEAR + SETTLED, 1000 + SETTLED, "this"))
    other = Clock(beat())
    assert not other.believed(Now(START + YEAR, 1000, "this"))
    monkeypatch.setattr("time.time", lambda: START + YEAR)
    accept_clock()
    assert other.believed(Now(START + YEAR + 1, 1001, "this"))


def test_the_scheduler_does_nothing_by_a_clock_that_jumped(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[datetime] = []
    wall, up = START, 1000.0
    monkeypatch.setattr("time.time", lambda: wall)
    for module in (scheduling, heartbeat):
        monkeypatch.setattr(module, "since_boot", lambda: up)
    monkeypatch.setattr(scheduling, "close_old_connections", lambda: None)

    def upkeep(now: datetime, **_believed: object) -> int:
        done.append(now)
        return 0

    monkeypatch.setattr(scheduling, "upkeep", upkeep)
    monkeypatch.setattr(scheduling, "flag_pending", lambda _now, **_most: 0)
    schedule = scheduling.Schedule("scheduler")
    schedule.look()
    assert len(done) == 1
    wall, up = START + YEAR, up + 60
    schedule.look()
    assert len(done) == 1
    said = heartbeat.last("scheduler")
    assert said is not None
    assert said.said["jumped"] == pytest.approx(YEAR - 60)
    assert said.at == pytest.approx(START + 60)  # a scheduler started anew meanwhile is not deceived either
    scheduling.Schedule("scheduler").look()
    assert len(done) == 1
    wall, up = START + 120, up + 60
    schedule.look()
    assert len(done) == 2
    assert done[-1] - done[0] == timedelta(seconds=120)


def test_nobody_is_signed_out_by_a_clock_that_is_far_ahead_for_a_minute(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now, up = cast.client("anong"), timezone.now(), 1000.0
    monkeypatch.setattr(clocks, "since_boot", lambda: up)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(clocks, "_watched", [])
    clocks.watch()
    assert client.get("/work/").status_code == 200
    now, up = now + timedelta(days=365), up + 30
    assert clocks.steady_now() < now
    assert client.get("/work/").status_code == 200
    clocks._watched.clear()
    assert client.get("/work/").status_code == 302  # without the watch she would have been
