"""The rules behind the flags, from facts alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jitasa.activities.choices import Part
from jitasa.activities.points import Point, distance_km
from jitasa.review.choices import FlagKind
from jitasa.review.rules_flags import (
    Area,
    ComparedRecord,
    PhotoFact,
    PhotoUse,
    RecordFacts,
    find_all,
    head_count,
    outside_area,
    photo_date,
    photo_place,
    same_event,
    same_photo,
)
from jitasa.thai.likeness import likeness

DAY = date(2026, 11, 20)
BEACH = Point(8.0400, 98.8000)
BESIDE = Point(8.0440, 98.8000)  # 0.4 km
ACROSS = Point(8.0700, 98.8000)  # 3.3 km
ISLAND = Point(7.6000, 99.0500)  # 56 km
MINE = ComparedRecord(1, "ทำความสะอาดชายหาดนพรัตน์ธารา", "หาดนพรัตน์ธารา", BEACH, "810116", "8101")


def facts(**changes: object) -> RecordFacts:
    return replace(RecordFacts(event=MINE, start=DAY, participants=66), **changes)  # type: ignore[arg-type]  # test sugar


def test_nothing_known_is_nothing_wrong() -> None:
    assert find_all(RecordFacts(event=ComparedRecord(1, ""))) == []


@pytest.mark.parametrize(
    ("taken", "wrong"),
    [
        (date(2026, 11, 19), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 18), True),
        (date(2027, 1, 1), True),
    ],
)
def test_a_picture_of_another_day(taken: date, wrong: bool) -> None:
    found = photo_date(facts(photos=[PhotoFact("a", taken), PhotoFact("b", DAY), PhotoFact("c")]))
    assert (found is not None) == wrong
    if found:
        assert found.evidence == {
            "photos": [{"sha256": "a", "taken_on": taken.isoformat()}],
            "start": "2026-11-20",
        }


def test_an_event_of_many_days_covers_its_pictures() -> None:
    assert photo_date(facts(end=date(2026, 11, 25), photos=[PhotoFact("a", date(2026, 11, 24))])) is None


def test_a_picture_from_far_away() -> None:
    found = photo_place(facts(photos=[PhotoFact("near", point=ACROSS), PhotoFact("far", point=ISLAND)]))
    assert found is not None
    assert [row["sha256"] for row in found.evidence["photos"]] == ["far"]
    assert 55 < found.evidence["photos"][0]["km"] < 58
    assert (
        photo_place(facts(event=replace(MINE, point=None), photos=[PhotoFact("far", point=ISLAND)])) is None
    )


def test_outside_the_area() -> None:
    home = Area(point=BESIDE, province_code="81", district_code="8101")
    assert outside_area(facts(area=home)) is None
    away = replace(MINE, tambon_code="810301", point=ISLAND)
    found = outside_area(facts(area=home, event=away))
    assert found is not None
    assert found.evidence["tambon_code"] == "810301"
    assert found.evidence["km"] > found.evidence["reach_km"] == 15
    assert outside_area(facts(area=home, event=away, part=Part.GUEST)) is None
    assert outside_area(facts(area=replace(home, district_code=""), event=away)) is None  # อบจ.: the province
    wide = replace(home, area_km2=1500.0)
    assert outside_area(facts(area=wide, event=replace(MINE, point=ISLAND))) is None


def test_head_count_without_a_past_is_measured_by_the_country() -> None:
    assert head_count(facts(participants=570)) is None
    found = head_count(facts(participants=571, history=[40, 50, 60, 70]))
    assert found is not None
    assert found.evidence["basis"] == "country"


@pytest.mark.parametrize(
    ("count", "wrong"), [(60, False), (200, False), (15, False), (300, True), (8, True), (5000, True)]
)
def test_head_count_against_the_offices_own_past(count: int, wrong: bool) -> None:
    found = head_count(facts(participants=count, history=[50, 55, 60, 60, 65, 70, 58]))
    assert (found is not None) == wrong
    if found:
        assert found.evidence["basis"] == "office"
        assert found.evidence["usual"] == 60


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=40), st.integers(1, 100_000))
def test_the_usual_count_is_never_flagged_and_the_verdict_is_symmetric(past: list[int], times: int) -> None:
    middle = sorted(past)[len(past) // 2] if len(past) % 2 else sorted(past)[len(past) // 2 - 1]
    if len(past) % 2:
        assert head_count(facts(participants=middle, history=past)) is None
    found = head_count(facts(participants=max(past) * 21 + times, history=past))
    assert found is not None


def test_the_same_event_nearby() -> None:
    other = ComparedRecord(2, "จิตอาสาพัฒนาท้องถิ่น", "หาด", BESIDE, "810116", "8101")
    (found,) = same_event(facts(others=[other]))
    assert found.kind == FlagKind.SAME_EVENT
    assert found.other_id == 2
    assert found.evidence["km"] < 1
    assert same_event(facts(others=[replace(other, point=ACROSS)])) == []
    assert same_event(facts(others=[replace(other, point=ACROSS, name=MINE.name)])) != []
    assert same_event(facts(others=[replace(other, point=ISLAND, name=MINE.name)])) == []


def test_the_same_name_counts_in_the_district_where_a_pin_is_missing() -> None:
    other = ComparedRecord(2, MINE.name, "", None, "810105", "8101")
    assert same_event(facts(others=[other])) != []
    assert same_event(facts(others=[replace(other, district_code="8103", tambon_code="")])) == []


def test_linked_records_are_one_event_by_declaration() -> None:
    other = ComparedRecord(2, MINE.name, "", BESIDE, "810116", "8101")
    assert same_event(facts(others=[replace(other, host_activity_id=1)])) == []
    assert same_event(facts(event=replace(MINE, host_activity_id=2), others=[other])) == []
    guests = facts(event=replace(MINE, host_activity_id=9), others=[replace(other, host_activity_id=9)])
    assert same_event(guests) == []


def test_pictures_used_elsewhere_are_told_once_per_record() -> None:
    uses = [
        PhotoUse("a", "a", True, 7),
        PhotoUse("a", "a", False, 7),
        PhotoUse("b", "c", False, 7),
        PhotoUse("a", "a", True, 8),
    ]
    seven, eight = same_photo(facts(uses=uses))
    assert seven.evidence["pairs"] == [
        {"mine": "a", "theirs": "a", "exact": True},
        {"mine": "b", "theirs": "c", "exact": False},
    ]
    assert eight.other_id == 8


def test_likeness_ignores_spaces_and_spelling_variants() -> None:
    assert likeness("ทำ ความสะอาด", "ทําความสะอาด") == 1
    assert likeness("", "") == 0


def test_distance_is_in_km() -> None:
    assert distance_km(Point(8, 99), Point(9, 99)) == pytest.approx(111.2, abs=0.3)
