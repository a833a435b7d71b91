"""What the recording page proposes, where it comes from, and that nobody else's records are among it."""

import json
import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.points import Point
from jitasa.activities.rules_offers import (
    LAST,
    LAST_YEAR,
    NEAR,
    SAME_NAME,
    Earlier,
    Typed,
    matches,
    sub_kinds_for,
    year_before,
)
from jitasa.activities.services.withdraw import withdraw
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.activities.tests.test_statements import statements
from jitasa.occasions.models import Occasion
from jitasa.rounds.models import SubKind
from jitasa.rounds.services.defaults import SUB_KINDS
from tests.cast import NOW, Cast

BEACH = Point(8.0405, 98.8102)
PLACES = ("record", "kind", "place", "tambon", "occasion", "people")


def earlier(pk: int, name: str = "งาน", **facts: Any) -> Earlier:
    return Earlier(id=pk, **{"name": f"{name} {pk}", "place": "", "day": None, "point": None} | facts)


def test_reasons_in_their_order() -> None:
    day = date(2026, 11, 20)
    rows = [
        earlier(1, day=date(2026, 11, 19)),
        earlier(2, day=date(2025, 11, 22)),
        earlier(3, point=Point(8.0405, 98.8125), day=date(2026, 1, 5)),  # 253 m
        earlier(4, point=Point(8.0405, 98.8130), day=date(2026, 1, 6)),  # 308 m
        earlier(5, name="ปลูกป่า", day=date(2020, 1, 1)),
    ]
    found = matches(Typed(name="ปลูกป่า 5", day=day, point=BEACH), rows)
    assert [(each.record.id, each.why) for each in found] == [(5, SAME_NAME), (3, NEAR), (2, LAST_YEAR)]
    assert found[1].metres == 253
    assert [each.record.id for each in matches(Typed(), rows)] == [1, 4, 3]
    assert matches(Typed(), rows)[0].why == LAST


def test_one_name_and_place_is_proposed_once_and_the_newest() -> None:
    same = {"name": "ทำความสะอาดหาด", "place": "หาด"}
    rows = [Earlier(id=n, day=date(2026, n, 1), point=None, **same) for n in (3, 9, 5)]
    assert [each.record.id for each in matches(Typed(), rows)] == [9]


def test_the_same_day_last_year_with_three_days_around() -> None:
    assert year_before(date(2026, 11, 25)) == (date(2025, 11, 22), date(2025, 11, 28))
    assert year_before(date(2024, 2, 29)) == (date(2023, 2, 25), date(2023, 3, 3))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("ทำความสะอาดชายหาดนพรัตน์ธารา", ["landscape"]),
        ("เก็บขยะและกำจัดผักตบชวาในคลองกระบี่ใหญ่", ["waterway", "landscape"]),
        ("ปลูกต้นไม้เฉลิมพระเกียรติ", ["trees"]),
        ("บริจาคโลหิต เหล่ากาชาดจังหวัด", ["blood"]),
        ("มอบถุงยังชีพผู้ประสบภัยน้ำท่วม", ["relief"]),
        ("ซ่อมแซมบ้านผู้ยากไร้ หมู่ 3", ["house-repair"]),
        ("BIG CLEANING DAY", ["landscape"]),
        ("รณรงค์ลดฝุ่น PM 2.5", ["pm25"]),
        ("ประชุมคณะกรรมการ", []),
        ("", []),
    ],
)
def test_sub_kinds_by_the_words_of_a_name(name: str, codes: list[str]) -> None:
    offered = [SubKind(pk=n, position=n, **row) for n, row in enumerate(SUB_KINDS)]
    assert [row.code for row in sub_kinds_for(name, offered)] == codes


# --- the page's own address ---------------------------------------------------------------------


@pytest.fixture
def lists(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    make_lists()


def asked(cast: Cast, who: str = "anong", **typed: Any) -> dict[str, list[tuple[dict[str, str], str]]]:
    """Place → the buttons there, as (what a tap fills, all its words)."""
    html = cast.client(who).get(f"{reverse('activities:proposals')}?{urlencode(typed)}").content.decode()
    found = {}
    for place in PLACES:
        part = re.search(rf'id="offers-{place}".*?</div>', html, re.DOTALL)
        assert part is not None
        buttons = re.findall(r'<button[^>]*data-fill="([^"]*)"[^>]*>(.*?)</button>', part[0], re.DOTALL)
        found[place] = [
            (json.loads(unescape(fill)), unescape(re.sub("<[^>]+>", " ", words))) for fill, words in buttons
        ]
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_an_earlier_record_near_the_picture_is_one_tap(cast: Cast) -> None:
    make_sent(cast.anong, latitude=8.0407, longitude=98.8102, men=30, women=36, moo=3)
    make_sent(cast.anong, name="ปลูกป่าชายเลน", place="คลองม่วง", latitude=8.2, longitude=98.9)
    found = asked(
        cast, latitude="8.0405", longitude="98.8102", start_date="22 พ.ย. 2569", point_source="photo"
    )
    fill, words = found["record"][0]
    assert fill == {
        "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
        "place": "หาดนพรัตน์ธารา",
        "moo": "3",
        "tambon_code": "810116",
        "kind": "development",
        "sub_kind": "landscape",
    }
    assert "จากบันทึกครั้งก่อน 20 พ.ย. 2569 · ห่าง 22 ม." in words
    assert found["tambon"][0][1].split() == ["ต.อ่าวนาง", "จากภาพ"]
    fill, words = found["people"][0]
    assert fill == {"group_v904": "4", "group_people": "62", "men": "30", "women": "36"}
    assert "จิตอาสา 904: 4 คน" in words
    assert "เหมือนครั้งก่อน 66 คน" in words
    assert found["record"][1][0]["name"] == "ปลูกป่าชายเลน"


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_the_important_day_is_asked(cast: Cast) -> None:
    day = Occasion.objects.create(
        code="king-rama-6",
        date="2026-11-25",
        name="วันสมเด็จพระมหาธีรราชเจ้า",
        short_name="วันธีรราชเจ้า",
        kind="royal",
    )
    fill, words = asked(cast, start_date="25 พ.ย. 2569")["occasion"][0]
    assert fill == {"basis": "occasion", "occasion_id": str(day.pk)}
    assert "ตรงกับวันสมเด็จพระมหาธีรราชเจ้า หรือไม่" in words
    assert "เนื่องในโอกาสวันสมเด็จพระมหาธีรราชเจ้า หรือไม่" in asked(cast, start_date="20/11/2569")["occasion"][0][1]
    for nothing in ("1 ต.ค. 2569", "เมื่อวาน", ""):
        assert asked(cast, start_date=nothing)["occasion"] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_kind_and_sub_kind_by_the_name(cast: Cast) -> None:
    fill, words = asked(cast, name="เก็บขยะริมหาด")["kind"][0]
    assert fill == {"kind": "development", "sub_kind": "landscape"}
    assert words.split() == ["จิตอาสาพัฒนา", "·", "ปรับภูมิทัศน์", "จากชื่อกิจกรรม"]


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_an_office_without_records_gets_its_own_tambon_and_no_more(cast: Cast) -> None:
    found = asked(cast)
    assert found.pop("tambon")[0][0] == {"tambon_code": "810116"}
    assert not any(found.values())


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_only_sent_records_of_the_own_office_and_words_still_offered(cast: Cast) -> None:
    make_sent(cast.chai, name="ของเกาะกลาง", tambon_code="810303")
    make_draft(cast.anong, name="ร่าง")
    gone = make_sent(cast.anong, name="ถอนแล้ว")
    withdraw(actor=cast.anong, activity=gone, reason="ซ้ำ", now=NOW)
    own = make_sent(cast.anong, name="ที่กำลังแก้")
    assert asked(cast, uuid=str(own.uuid))["record"] == []
    SubKind.objects.update(retired_at=NOW)
    assert asked(cast)["record"][0][0].keys() == {"name", "place", "tambon_code", "kind"}
    for who in ("dao", "ek", "fah"):
        assert cast.client(who).get(reverse("activities:proposals")).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("lists")
def test_statements_do_not_grow_with_the_records(cast: Cast) -> None:
    client = cast.client("anong")
    asking = {
        "latitude": "8.04",
        "longitude": "98.8",
        "start_date": "22 พ.ย. 2569",
        "name": "ทำความสะอาดชายหาด",
    }
    address = f"{reverse('activities:proposals')}?{urlencode(asking)}"
    make_sent(cast.anong)
    client.get(address)
    for number in range(3):
        if number:
            make_sent(cast.anong, name=f"งานที่ {number}")
        answer = statements(lambda: client.get(address), f"proposals, {number + 1} earlier", 6)
        assert answer.status_code == 200
    assert Activity.objects.count() == 3
