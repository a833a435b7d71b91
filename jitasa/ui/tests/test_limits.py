"""How often somebody may ask."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.ui import limits

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def count(*, at_once: int) -> int:
    return limits.counted("test", "somebody", NOW, seconds=60, at_once=at_once)


@pytest.mark.django_db
def test_a_process_that_counts_ten_at_once_writes_once_for_ten() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert [count(at_once=10) for _ in range(20)] == list(range(1, 21))
    assert len(seen) == 2
    assert count(at_once=1) == 21


@pytest.mark.django_db
def test_what_another_process_has_taken_counts() -> None:
    assert count(at_once=10) == 1
    limits.forget_taken()  # another process
    assert count(at_once=10) == 11


@pytest.mark.django_db
def test_what_could_not_be_counted_is_not_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "done_if_free", lambda _act: False)  # the database is busy
    assert [count(at_once=10) for _ in range(3)] == [1, 1, 1]
    monkeypatch.undo()
    assert [count(at_once=10) for _ in range(3)] == [1, 2, 3]
