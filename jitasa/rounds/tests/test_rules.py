"""Pure decisions: due days, contradictions, where an office stands."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from jitasa.rounds import rules
from jitasa.rounds.choices import REQUIRABLE, STATE_TONE, ReturnState
from jitasa.rounds.rules import MonthFacts, return_state, state_reason

OCTOBER = date(2026, 10, 1)
DUE = date(2026, 11, 5)
AT = datetime.fromisoformat("2026-11-03T09:00:00+07:00")
FACTS = MonthFacts(month=OCTOBER, due_on=DUE)


@pytest.mark.parametrize(
    ("facts", "day", "state", "words"),
    [
        ({}, date(2026, 10, 31), ReturnState.NOT_DUE, "ครบกำหนด 5 พ.ย. 2569"),
        ({}, date(2026, 11, 1), ReturnState.NOTHING, "ยังไม่มีรายงาน"),
        ({"drafts": 1}, date(2026, 10, 9), ReturnState.IN_PROGRESS, "มีร่าง 1 รายการ"),
        ({"submitted": 2}, DUE, ReturnState.IN_PROGRESS, "ส่งแล้ว 2 กิจกรรม"),
        ({}, date(2026, 11, 6), ReturnState.LATE, "ล่าช้า 1 วัน · ยังไม่มีรายงาน"),
        ({"drafts": 1}, date(2026, 11, 7), ReturnState.LATE, "มีร่าง 1 รายการ"),
        ({"accepted": 4}, date(2026, 11, 8), ReturnState.LATE, "ยังไม่ยืนยันว่าครบ"),
        ({"nil_at": AT, "nil_reason": "น้ำท่วม"}, date(2026, 12, 1), ReturnState.NIL, "เพราะน้ำท่วม"),
        (
            {"confirmed_at": AT, "on_time": True, "accepted": 3},
            date(2026, 12, 1),
            ReturnState.CONFIRMED,
            "3 กิจกรรม · ทันกำหนด",
        ),
        (
            {"confirmed_at": AT, "on_time": False, "changed_at": AT},
            date(2026, 12, 1),
            ReturnState.CONFIRMED,
            "เปลี่ยนแปลงหลังยืนยัน",
        ),
        ({"returned": 1, "confirmed_at": AT, "on_time": True}, DUE, ReturnState.RETURNED, "แก้ไข"),
        ({"exists": False, "successor": "ทต.คลองพน"}, DUE, ReturnState.MERGED, "ยุบรวมกับ ทต.คลองพน"),
        ({"exists": False}, DUE, ReturnState.MERGED, "ไม่ต้องรายงาน"),
        ({"asked": False}, date(2027, 4, 28), ReturnState.MERGED, "ก่อนรอบแรกของระบบ"),
        ({"asked": False, "confirmed_at": AT, "on_time": True}, DUE, ReturnState.CONFIRMED, "ยืนยันว่าครบ"),
    ],
)
def test_where_an_office_stands(facts: dict[str, Any], day: date, state: ReturnState, words: str) -> None:
    found = replace(FACTS, **facts)
    assert return_state(found, day) == state
    assert words in state_reason(found, day)


def test_every_state_has_a_colour_and_words() -> None:
    assert set(STATE_TONE) == set(ReturnState) == set(rules._REASONS)


@pytest.mark.parametrize(
    ("from_month", "from_due", "month", "due"),
    [
        (date(2026, 1, 1), date(2026, 2, 5), date(2026, 6, 1), date(2026, 7, 5)),
        (date(2026, 1, 1), date(2026, 3, 10), date(2026, 12, 1), date(2027, 2, 10)),
        (date(2026, 11, 1), date(2026, 12, 30), date(2027, 1, 1), date(2027, 2, 28)),
        (date(2027, 1, 1), date(2027, 2, 28), date(2027, 2, 1), date(2027, 3, 31)),
    ],
)
def test_the_due_day_of_another_month(from_month: date, from_due: date, month: date, due: date) -> None:
    assert rules.same_due_day(from_month, from_due, month) == due


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_on": date(2026, 10, 31)}, "due_on"),
        ({"due_on": date(2027, 2, 1)}, "due_on"),
        ({"required_fields": ["name", "shoe_size"]}, "required_fields"),
        ({"photos_least": 21, "photos_most": 30}, "photos_least"),
        ({"photos_least": -1}, "photos_least"),
        ({"photos_most": 0, "photos_least": 0}, "photos_most"),
        ({"photos_most": 51}, "photos_most"),
        ({"photos_least": 5, "photos_most": 4}, "photos_most"),
    ],
)
def test_rules_that_contradict_themselves(changes: dict[str, Any], field: str) -> None:
    good: dict[str, Any] = {
        "month": OCTOBER,
        "due_on": DUE,
        "required_fields": list(REQUIRABLE),
        "photos_least": 2,
        "photos_most": 10,
    }
    assert rules.round_problems(**good) == {}
    assert list(rules.round_problems(**good | changes)) == [field]


def test_what_cannot_be_left_out_is_always_required() -> None:
    assert rules.ordered_fields(["result"]) == ["name", "kind", "start_date", "participants", "result"]
