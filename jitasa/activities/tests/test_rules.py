"""What a record lacks and what is wrong with it, at the edges: field and words to act on. Nothing is stored."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from jitasa.activities.choices import Basis, BudgetSource, Part
from jitasa.activities.rules import WHAT_TO_DO, RoundRules, missing, refusals, unstorable
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization

DAY = date(2026, 11, 22)
OFFICE = Organization(
    level=Level.LAO, type=OrganizationType.SAO, province_code="81", district_code="8101", code="06810104"
)
PICTURE = PhotoValue(sha256="a" * 64, caption="ก่อนทำ")
GOOD = ActivityValues(
    name="ทำความสะอาดชายหาด",
    kind="development",
    start_date=DAY,
    start_time=time(8, 30),
    end_time=time(10, 30),
    place="หาดนพรัตน์ธารา",
    moo=2,
    tambon_code="810116",
    latitude=8.04,
    longitude=98.8,
    chair_position="นายก อบต.",
    groups={"people": 60},
    men=20,
    women=40,
    result="เก็บขยะ",
    photos=(PICTURE,),
)


def lacking(rules: RoundRules, **changes: Any) -> list[tuple[str, str]]:
    return missing(replace(GOOD, **changes), rules)


def wrong(**changes: Any) -> dict[str, list[str]]:
    return refusals(replace(GOOD, **changes), today=DAY, office=OFFICE, rules=RoundRules())


def test_a_full_record_lacks_nothing_and_is_right() -> None:
    every = RoundRules(required=WHAT_TO_DO, photos_least=1)
    full = {"sub_kind": "landscape", "chair_name": "นายก", "measures": {"waste": Decimal(1)}, "moo": 0}
    left = {name for name, _words in lacking(every, **full)}
    assert not left & {"point", "participants", "men_women", "photo_captions", "moo", "photos"}
    assert wrong() == {}


def test_pictures_that_are_missing_stand_first() -> None:
    found = lacking(RoundRules(photos_least=3, required={"place"}), name="", place="")
    assert found[0] == ("photos", "ใส่ภาพอีก 2 ภาพ (อย่างน้อย 3 ภาพ)")
    assert [name for name, _words in found[1:]] == ["name", "place"]


@pytest.mark.parametrize(
    ("required", "changes"),
    [
        ("point", {"latitude": None, "longitude": None}),
        ("participants", {"groups": {}}),
        ("men_women", {"men": None}),
        ("men_women", {"women": None}),
        ("budget", {"budget_source": ""}),
        ("photo_captions", {"photos": (PICTURE, replace(PICTURE, caption=""))}),
        ("moo", {"moo": None}),
        ("result", {"result": ""}),
    ],
)
def test_what_the_month_demands_is_asked_for_when_it_is_empty(required: str, changes: dict[str, Any]) -> None:
    rules = RoundRules(required={required})
    assert required not in dict(lacking(rules))
    assert dict(lacking(rules, **changes))[required] == str(WHAT_TO_DO[required])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": Basis.OCCASION}, "occasion_id"),
        ({"part": Part.GUEST}, "host_organization_id"),
        ({"budget_source": BudgetSource.DONATED}, "budget_amount"),
        ({"budget_source": BudgetSource.ORDINANCE, "budget_amount": Decimal(1)}, "budget_project"),
    ],
)
def test_one_answer_makes_another_necessary(changes: dict[str, Any], field: str) -> None:
    assert [name for name, _words in lacking(RoundRules(), **changes)] == [field]


NEGATIVE = "จำนวนคนต้องไม่ติดลบ ใส่ 0 หรือเว้นว่าง"
QUANTITY = "ปริมาณงานต้องไม่ติดลบและน้อยกว่าหนึ่งแสนล้าน ตรวจตัวเลขอีกครั้ง"
PEOPLE = "กรอกจำนวนคนระหว่าง 0 ถึง 100,000"
MOO = "หมู่ที่ต้องเป็นตัวเลข 0 ถึง 99"
AMOUNT = "จำนวนเงินต้องไม่ติดลบและน้อยกว่าหนึ่งหมื่นล้านบาท ตรวจตัวเลขอีกครั้ง"
ABROAD = "พิกัดอยู่นอกประเทศไทย ปักหมุดใหม่บนแผนที่ หรือลบพิกัดออก"
HALF = "พิกัดต้องมีทั้งละติจูดและลองจิจูด ปักหมุดบนแผนที่ หรือลบออกทั้งคู่"
LINK = "ลิงก์ไม่ถูกต้อง คัดลอกมาทั้งหมด ตั้งแต่ https://"
CAPTION = "คำบรรยายยาว 201 ตัวอักษร เกิน 200 ตัวอักษร ตัดให้สั้นลง"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"groups": {"people": 0}}, "participants", ""),
        ({"groups": {"people": -1, "v904": 2}}, "participants", NEGATIVE),
        ({"groups": {"people": 100_000}}, "participants", ""),
        ({"measures": {"waste": Decimal(0)}}, "measures", ""),
        ({"measures": {"waste": Decimal("-0.1")}}, "measures", QUANTITY),
        ({"measures": {"waste": Decimal("99999999999.9")}}, "measures", ""),
        ({"measures": {"waste": Decimal(10**11)}}, "measures", QUANTITY),
        ({"men": 100_000}, "men", ""),
        ({"men": 100_001}, "men", PEOPLE),
        ({"women": -1}, "women", PEOPLE),
        ({"moo": 0}, "moo", ""),
        ({"moo": 99}, "moo", ""),
        ({"moo": 100}, "moo", MOO),
        ({"budget_amount": Decimal(0)}, "budget_amount", ""),
        ({"budget_amount": Decimal("9999999999.99")}, "budget_amount", ""),
        ({"budget_amount": Decimal(10**10)}, "budget_amount", AMOUNT),
        ({"latitude": 5.0, "longitude": 97.0}, "point", ""),
        ({"latitude": 21.0, "longitude": 106.0}, "point", ""),
        ({"latitude": 21.01, "longitude": 100.0}, "point", ABROAD),
        ({"latitude": 8.0, "longitude": 106.01}, "point", ABROAD),
        ({"longitude": None}, "point", HALF),
        ({"publicity_link": "https://example.go.th/x"}, "publicity_link", ""),
        ({"publicity_link": "example"}, "publicity_link", LINK),
        ({"photos": (replace(PICTURE, caption="ก" * 200),)}, "photo_captions", ""),
        ({"photos": (replace(PICTURE, caption="ก" * 201),)}, "photo_captions", CAPTION),
    ],
)
def test_what_cannot_be_stored_is_said_at_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    assert unstorable(replace(GOOD, **changes)) == ({field: [words]} if words else {})


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"groups": {"people": 0}, "men": 0, "women": 0}, "participants", "ผู้เข้าร่วมเป็น 0 คน"),
        ({"men": None}, "men", "กรอกทั้งจำนวนชายและหญิง หรือเว้นว่างทั้งสองช่อง"),
        ({"men": 21}, "men", "ชาย 21 + หญิง 40 = 61 คน ไม่เท่ากับผู้เข้าร่วมรวม 60 คน"),
        ({"start_date": date(2026, 11, 23)}, "start_date", "วันที่จัดยังมาไม่ถึง"),
        ({"end_date": date(2026, 11, 23)}, "end_date", "วันสิ้นสุดยังมาไม่ถึง"),
        ({"end_time": time(8, 29)}, "end_time", "เวลาสิ้นสุดอยู่ก่อนเวลาเริ่ม"),
        ({"tambon_code": "810303"}, "tambon_code", "ตำบลนี้ไม่อยู่ในพื้นที่ของหน่วยงาน เลือกตำบลในอำเภอของท่าน"),
        ({"photos": (PICTURE,) * 51}, "photos", "มี 51 ภาพ เกิน 50 ภาพ"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    found = wrong(**changes)
    assert list(found) == [field]
    assert found[field][0].startswith(words)


@pytest.mark.parametrize(
    "changes",
    [
        {"end_date": DAY, "end_time": time(8, 30)},
        {"start_date": date(2026, 11, 21), "end_date": DAY, "end_time": time(1, 0)},
        {"men": None, "women": None},
        {"tambon_code": "810303", "part": Part.CO_HOST, "host_name": "อบต.เกาะกลาง"},
        {"photos": (PICTURE,) * 50},
    ],
)
def test_what_is_right_at_the_edge_is_taken(changes: dict[str, Any]) -> None:
    assert wrong(**changes) == {}
