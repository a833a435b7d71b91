"""Answers that are kept for a while: given on while a new one is made, never older than allowed."""

import threading
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.utils.translation import get_language, override

from jitasa.ui.kept import RENEWAL, Renewal, Times, kept

TIMES = Times(fresh=60, most=300)
BEGIN = 1_800_000_000.0


class Counter:
    """Makes 1, 2, 3 … in turn; waits for ``may_go`` first."""

    def __init__(self) -> None:
        self.made, self.may_go, self.languages = 0, threading.Event(), list[str | None]()
        self.may_go.set()

    def __call__(self) -> int:
        assert self.may_go.wait(10)
        self.languages.append(get_language())
        self.made += 1
        return self.made


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A process that serves readers; call it to wait for what it has begun."""
    own = Renewal()
    monkeypatch.setattr(RENEWAL, "on", True)
    monkeypatch.setattr(RENEWAL, "_thread", own._thread)
    yield lambda: own._thread.submit(lambda: None).result(10)
    own._thread.shutdown()


def test_outside_a_serving_process_the_reader_after_the_fresh_time_waits() -> None:
    make = Counter()
    with time_machine.travel(BEGIN, tick=False) as clock:
        assert [kept("k", TIMES, make), kept("k", TIMES, make)] == [1, 1]
        clock.shift(59)
        assert kept("k", TIMES, make) == 1
        clock.shift(1)
        assert kept("k", TIMES, make) == 2


def test_readers_get_what_is_kept_while_one_new_answer_is_made(serving: Callable[[], None]) -> None:
    make = Counter()
    with time_machine.travel(BEGIN, tick=False) as clock:
        kept("k", TIMES, make)
        clock.shift(60)
        make.may_go.clear()
        with override("en"):
            assert [kept("k", TIMES, make) for _reader in range(3)] == [1, 1, 1]
        make.may_go.set()
        serving()
        assert kept("k", TIMES, make) == 2
        clock.shift(59)
        assert (kept("k", TIMES, make), make.made) == (2, 2)
    assert make.languages == ["th", "en"]


def test_what_is_older_than_allowed_is_not_given(serving: Callable[[], None]) -> None:
    make = Counter()
    with time_machine.travel(BEGIN, tick=False) as clock:
        kept("k", TIMES, make)
        clock.shift(301)
        assert kept("k", TIMES, make) == 2
        serving()
    assert make.made == 2


def test_a_renewal_that_fails_leaves_the_answer_and_the_next_reader_tries_again(
    serving: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    make = Counter()

    def fails() -> int:
        raise OSError("away")

    with time_machine.travel(BEGIN, tick=False) as clock:
        kept("k", TIMES, make)
        clock.shift(60)
        assert kept("k", TIMES, fails) == 1
        serving()
        assert kept("k", TIMES, make) == 1
        serving()
        assert kept("k", TIMES, make) == 2
    assert "k could not be made anew" in caplog.text
    assert cache.get("k:renewed") is None
