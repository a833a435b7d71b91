"""The demonstration shows every state at least once, and the same every time."""

from datetime import date

import pytest

from jitasa.demo.pictures import Shot, draw
from jitasa.demo.plan import AONANG, APPROVING, KOKKLANG, TOWN, Fate, plan
from tests.cast import NOW

OFFICES = [AONANG, KOKKLANG, TOWN, APPROVING, *(f"068102{number:02}" for number in range(2, 40))]


def told() -> list[object]:
    return list(plan(OFFICES, today=date(2026, 11, 22), months=6))


def test_the_same_story_every_time() -> None:
    assert told() == told()


def test_every_state_has_an_example() -> None:
    months = plan(OFFICES, today=date(2026, 11, 22), months=6)
    records = [record for month in months for record in month.records]
    assert {record.fate for record in records} >= {
        Fate.ACCEPTED,
        Fate.SUBMITTED,
        Fate.RETURNED,
        Fate.DRAFT,
        Fate.AWAITING,
    }
    assert {month.statement for month in months} == {"", "nil", "late", "confirmed"}
    assert any(record.borrowed_photo for record in records)
    hosts = {(record.month, record.day) for record in records if record.guest_of}
    assert len(hosts) >= 5


@pytest.mark.parametrize(
    "today", [date(2026, 11, 22), date(2026, 12, 1), date(2027, 10, 1), date(2028, 3, 1)]
)
def test_nothing_happens_today_or_later(today: date) -> None:
    told = plan(OFFICES, today=today, months=6)
    days = [record.day for month in told for record in month.records]
    assert max(days) < today
    assert len({month.month for month in told}) == 6


def test_on_the_first_day_of_a_month_the_story_ends_with_the_month_before() -> None:
    told = plan(OFFICES, today=date(2026, 12, 1), months=2)
    assert told[-1].month == date(2026, 11, 1)
    assert {record.fate for month in told for record in month.records} >= {Fate.RETURNED, Fate.DRAFT}


def test_a_picture_is_the_same_every_time_and_differs_by_seed() -> None:
    one = Shot("beach", 1, NOW, (8.05, 98.8))
    assert draw(one) == draw(one)
    assert draw(one) != draw(Shot("beach", 2, NOW, (8.05, 98.8)))
