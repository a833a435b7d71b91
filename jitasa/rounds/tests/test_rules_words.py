"""What rounds say, word for word: contradictions, obstacles, reasons, and how rules changed. No database."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds import rules
from jitasa.rounds.choices import REQUIRABLE
from jitasa.rounds.rules import MonthFacts
from jitasa.rounds.rules_history import RuleChange, compare_rules

OCTOBER = date(2026, 10, 1)
DUE = date(2026, 11, 5)
AT = datetime.fromisoformat("2026-11-03T09:00:00+07:00")
FACTS = MonthFacts(month=OCTOBER, due_on=DUE)
GOOD: dict[str, Any] = {
    "month": OCTOBER, "due_on": DUE, "required_fields": list(REQUIRABLE), "photos_least": 2, "photos_most": 10,
}  # fmt: skip


def office(pk: int = 1, level: Level = Level.LAO) -> Organization:
    return Organization(pk=pk, level=level)


@pytest.mark.parametrize(
    ("level", "roles", "may"),
    [
        (Level.DEPARTMENT, {Role.OFFICER}, True), (Level.DEPARTMENT, {Role.ADMINISTRATOR}, True),
        (Level.DEPARTMENT, {Role.APPROVER}, False), (Level.PROVINCE, {Role.OFFICER}, False),
    ],
)  # fmt: skip
def test_the_department_keeps_the_lists_and_the_rules(level: Level, roles: set[Role], may: bool) -> None:
    who = Viewer(organization=office(level=level), roles=frozenset(roles))
    assert rules.may_edit_lists(who) is rules.may_edit_round(who) is may
    assert rules.may_edit_lists(Viewer(is_system=True)) is True


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR])
def test_an_office_states_its_own_month(role: Role) -> None:
    who = Viewer(organization=office(), roles=frozenset({role}))
    assert rules.may_state(who, office())
    assert not rules.may_state(who, office(2))
    above = Viewer(organization=office(level=Level.DISTRICT), roles=frozenset({role}))
    assert not rules.may_state(above, office(level=Level.DISTRICT))


def test_who_only_looks_states_nothing() -> None:
    assert not rules.may_state(Viewer(organization=office(), roles=frozenset({Role.VIEWER})), office())
    assert rules.may_state(Viewer(is_system=True), office()) is True


def test_the_first_rules() -> None:
    first = rules.first_rules(OCTOBER)
    assert first["due_on"] == DUE
    assert (first["photos_least"], first["photos_most"], first["nil_allowed"]) == (2, 10, True)
    assert rules.round_problems(
        month=OCTOBER, **{name: value for name, value in first.items() if name not in ("nil_allowed", "nominal_due_on")}
    ) == {}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": date(2026, 10, 31)}, "วันครบกำหนดต้องอยู่หลังวันสิ้นเดือน เลือกวันในเดือนถัดไป"),
        ({"due_on": date(2026, 11, 1)}, ""),
        ({"due_on": date(2027, 1, 31)}, ""),
        ({"due_on": date(2027, 2, 1)}, "วันครบกำหนดต้องไม่เกิน 3 เดือนหลังเดือนที่รายงาน เลือกวันที่ใกล้กว่านี้"),
        ({"required_fields": ["name", "x", "y"]}, "ไม่รู้จักช่อง x, y เลือกจากรายการเท่านั้น"),
        ({"photos_least": 0}, ""),
        ({"photos_least": 20, "photos_most": 20}, ""),
        ({"photos_least": 21, "photos_most": 30}, "จำนวนภาพอย่างน้อยต้องอยู่ระหว่าง 0 ถึง 20"),
        ({"photos_least": 0, "photos_most": 1}, ""),
        ({"photos_most": 50}, ""),
        ({"photos_most": 51}, "จำนวนภาพมากที่สุดต้องอยู่ระหว่าง 1 ถึง 50"),
        ({"photos_least": 5, "photos_most": 4}, "จำนวนภาพมากที่สุดต้องไม่น้อยกว่าจำนวนอย่างน้อย"),
    ],
)
def test_contradictions(changes: dict[str, Any], words: str) -> None:
    field = list(changes)[-1]
    field = "photos_least" if words.startswith("จำนวนภาพอย่างน้อย") else field
    assert rules.round_problems(**GOOD | changes) == ({field: [words]} if words else {})


@pytest.mark.parametrize(
    ("facts", "day", "words"),
    [
        ({}, date(2026, 10, 31), "ยังไม่มีรายงาน ครบกำหนด 5 พ.ย. 2569"),
        ({}, date(2026, 11, 1), "ยังไม่มีรายงาน ครบกำหนด 5 พ.ย. 2569"),
        ({"drafts": 1, "awaiting": 2}, DUE, "มีร่าง 3 รายการยังไม่ส่ง · ครบกำหนด 5 พ.ย. 2569"),
        ({"submitted": 1, "accepted": 2}, DUE, "ส่งแล้ว 3 กิจกรรม รอยืนยันว่าครบ · ครบกำหนด 5 พ.ย. 2569"),
        ({}, date(2026, 11, 7), "ล่าช้า 2 วัน · ยังไม่มีรายงาน และยังไม่แจ้งว่าไม่มีกิจกรรม"),
        ({"drafts": 1}, date(2026, 11, 7), "ล่าช้า 2 วัน · มีร่าง 1 รายการยังไม่ส่ง"),
        ({"accepted": 4}, date(2026, 11, 7), "ล่าช้า 2 วัน · ส่งแล้ว 4 กิจกรรม ยังไม่ยืนยันว่าครบ"),
        ({"returned": 2}, DUE, "มีรายการส่งกลับแก้ไข 2 รายการ แก้ไขแล้วส่งใหม่"),
        ({"nil_at": AT, "nil_reason": "น้ำท่วม"}, DUE, "ไม่มีกิจกรรม เพราะน้ำท่วม"),
        ({"confirmed_at": AT, "on_time": True, "accepted": 3}, DUE, "ยืนยันว่าครบ 3 กิจกรรม · ทันกำหนด"),
        ({"confirmed_at": AT, "on_time": False, "changed_at": AT}, DUE,
         "ยืนยันว่าครบ 0 กิจกรรม · หลังกำหนด · มีการเปลี่ยนแปลงหลังยืนยัน"),
        ({"exists": False, "successor": "ทต.คลองพน"}, DUE, "ยุบรวมกับ ทต.คลองพน แล้ว เดือนนี้ไม่ต้องรายงาน"),
        ({"exists": False}, DUE, "หน่วยงานยังไม่ตั้งหรือสิ้นสุดไปแล้วในเดือนนี้ ไม่ต้องรายงาน"),
        ({"asked": False}, date(2027, 4, 1), "เดือนนี้อยู่ก่อนรอบแรกของระบบหรือก่อนหน่วยงานเริ่มมีผู้ใช้ ไม่ต้องรายงาน"),
    ],
)  # fmt: skip
def test_why_an_office_stands_there(facts: dict[str, Any], day: date, words: str) -> None:
    assert rules.state_reason(replace(FACTS, **facts), day) == words


@pytest.mark.parametrize(
    ("facts", "allowed", "day", "words"),
    [
        ({}, True, OCTOBER, []),
        ({"drafts": 4}, True, DUE, []),
        ({"exists": False}, True, DUE, ["หน่วยงานยังไม่ตั้งหรือสิ้นสุดไปแล้วในเดือนนี้ ไม่ต้องรายงาน"]),
        ({}, True, date(2026, 9, 30), ["เดือนนี้ยังไม่เริ่ม แจ้งได้ตั้งแต่วันที่ 1 ของเดือน"]),
        ({}, False, DUE, ["รอบนี้กรมไม่รับการแจ้งว่าไม่มีกิจกรรม ให้บันทึกกิจกรรมอย่างน้อย 1 รายการ"]),
        ({"confirmed_at": AT}, True, DUE,
         ["เดือนนี้ยืนยันครบไปแล้ว ยกเลิกการยืนยันก่อน แล้วจึงแจ้งว่าไม่มีกิจกรรม"]),
        ({"submitted": 1, "accepted": 2, "returned": 4, "awaiting": 8}, True, DUE,
         ["เดือนนี้มีกิจกรรมที่ส่งแล้ว 15 รายการ หากส่งผิดให้ถอนรายการนั้นก่อน"]),
    ],
)  # fmt: skip
def test_what_stands_against_stating_no_activity(
    facts: dict[str, Any], allowed: bool, day: date, words: list[str]
) -> None:
    assert rules.nil_obstacles(replace(FACTS, **facts), nil_allowed=allowed, day=day) == words


@pytest.mark.parametrize(
    ("facts", "day", "words"),
    [
        ({"submitted": 1}, OCTOBER, []),
        ({"accepted": 1}, DUE, []),
        ({"exists": False}, DUE, ["หน่วยงานยังไม่ตั้งหรือสิ้นสุดไปแล้วในเดือนนี้ ไม่ต้องรายงาน"]),
        ({"submitted": 1}, date(2026, 9, 30), ["เดือนนี้ยังไม่เริ่ม ยืนยันได้ตั้งแต่วันที่ 1 ของเดือน"]),
        ({"returned": 1, "awaiting": 2}, DUE,
         ["มีรายการส่งกลับแก้ไข 1 รายการ แก้ไขแล้วส่งใหม่ก่อนยืนยัน", "มี 2 รายการรออนุมัติ ให้ผู้อนุมัติส่งก่อนยืนยัน"]),
        ({"drafts": 1}, DUE, ["ยังไม่มีกิจกรรมที่ส่งแล้ว ให้ส่งกิจกรรมก่อน หรือแจ้งว่าไม่มีกิจกรรม"]),
    ],
)  # fmt: skip
def test_what_stands_against_confirming(facts: dict[str, Any], day: date, words: list[str]) -> None:
    assert rules.confirm_obstacles(replace(FACTS, **facts), day) == words


def test_drafts_are_a_warning() -> None:
    assert rules.confirm_warnings(FACTS) == []
    assert rules.confirm_warnings(replace(FACTS, drafts=2)) == [
        "มีร่าง 2 รายการที่ยังไม่ส่ง ร่างไม่ถูกนับ หากจัดจริงให้ส่งก่อนยืนยัน"
    ]


def test_stated_on_time_or_not_or_nothing() -> None:
    late = datetime.fromisoformat("2026-11-06T00:00:00+07:00")
    assert FACTS.stated is False
    assert FACTS.stated_on_time is None
    assert replace(FACTS, nil_at=AT).stated is replace(FACTS, nil_at=AT).stated_on_time is True
    assert replace(FACTS, nil_at=late).stated_on_time is False
    assert replace(FACTS, confirmed_at=late, on_time=True, nil_at=late).stated_on_time is True
    assert rules.is_on_time(datetime.fromisoformat("2026-11-05T23:59:59+07:00"), DUE)


def test_how_rules_changed() -> None:
    before = {"due_on": "2026-11-05", "required_fields": ["name", "kind"], "photos_least": 2, "photos_most": 10,
              "nil_allowed": True, "note": ""}  # fmt: skip
    after = {"due_on": "2026-11-09", "required_fields": ["name", "result"], "photos_least": 0, "photos_most": 10,
             "nil_allowed": False, "note": "ส่งก่อนวันหยุด"}  # fmt: skip
    assert compare_rules(before, before) == []
    assert compare_rules(before, after) == [
        RuleChange("ครบกำหนด", "5 พฤศจิกายน 2569", "9 พฤศจิกายน 2569"),
        RuleChange("ช่องที่ต้องกรอก", "ประเภท", "ผลการดำเนินงาน"),
        RuleChange("ภาพอย่างน้อย", "2", "0"),
        RuleChange("แจ้งว่าไม่มีกิจกรรมได้", "ได้", "ไม่ได้"),
        RuleChange("หมายเหตุถึงหน่วยงาน", "–", "ส่งก่อนวันหยุด"),
    ]
    nothing = {"due_on": None, "required_fields": None}
    assert compare_rules(nothing, {"due_on": "2026-11-05", "required_fields": ["name", "x"]}) == [
        RuleChange("ครบกำหนด", "–", "5 พฤศจิกายน 2569"),
        RuleChange("ช่องที่ต้องกรอก", "–", "ชื่อกิจกรรม, x"),
    ]
    assert compare_rules({}, after) == [], "a rule that did not exist yet did not change"
