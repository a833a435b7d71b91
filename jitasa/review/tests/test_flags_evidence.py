"""What the flags tell the reviewer, to the digit, and the edges between wrong and right. No database."""

from dataclasses import replace
from datetime import date, timedelta
from math import pi
from typing import Any

import pytest

from jitasa.activities.choices import Part
from jitasa.activities.points import Point
from jitasa.review.choices import FlagKind
from jitasa.review.rules_flags import (
    Area,
    ComparedRecord,
    Finding,
    PhotoFact,
    RecordFacts,
    head_count,
    linked,
    outside_area,
    photo_date,
    photo_place,
    reach_km,
    same_event,
)

DAY = date(2026, 11, 20)
BEACH = Point(8.0, 98.8)
MINE = ComparedRecord(1, "ทำความสะอาดชายหาด", "หาดนพรัตน์ธารา", BEACH, "810116", "8101")
OTHER = "มอบถุงยังชีพผู้ประสบอุทกภัย"


def north(km: float) -> Point:
    """A point so far north of the beach (a degree of latitude is 111.19 km)."""
    return Point(8.0 + km / 111.195, 98.8)


def facts(**changes: Any) -> RecordFacts:
    return replace(RecordFacts(event=MINE, start=DAY, participants=66), **changes)


@pytest.mark.parametrize(
    ("days", "end", "wrong"),
    [(-1, 0, False), (-2, 0, True), (1, 0, False), (2, 0, True), (3, 2, False), (4, 2, True)],
)
def test_a_day_either_way_says_nothing(days: int, end: int, wrong: bool) -> None:
    taken = DAY + timedelta(days=days)
    last = DAY + timedelta(days=end) if end else None
    found = photo_date(facts(end=last, photos=[PhotoFact("a", taken), PhotoFact("b", DAY), PhotoFact("c")]))
    evidence = {"photos": [{"sha256": "a", "taken_on": taken.isoformat()}], "start": "2026-11-20"}
    assert found == (Finding(FlagKind.PHOTO_DATE, evidence) if wrong else None)
    assert photo_date(facts(start=None, photos=[PhotoFact("a", taken)])) is None


def test_pictures_taken_elsewhere() -> None:
    photos = [PhotoFact("a", point=north(5.1)), PhotoFact("b", point=north(4.9)), PhotoFact("c")]
    assert photo_place(facts(photos=photos)) == Finding(
        FlagKind.PHOTO_PLACE, {"photos": [{"sha256": "a", "km": 5.1}]}
    )
    assert photo_place(facts(photos=photos[1:])) is None
    assert photo_place(facts(event=replace(MINE, point=None), photos=photos)) is None


@pytest.mark.parametrize(
    ("area", "tambon", "evidence"),
    [
        (Area(province_code="81", district_code="8101"), "810116", {}),
        (Area(province_code="81", district_code="8101"), "810304",
         {"tambon_code": "810304", "district_code": "8101"}),
        (Area(province_code="81"), "810304", {}),
        (Area(province_code="81"), "920101", {"tambon_code": "920101", "province_code": "81"}),
        (Area(), "920101", {}),
        (Area(province_code="81", district_code="8101"), "", {}),
        (Area(north(14.9), None, "81", "8101"), "810116", {}),
        (Area(north(15.2), None, "81", "8101"), "810116", {"km": 15.2, "reach_km": 15.0}),
        (Area(north(50), None, "81"), "810116", {}),
        (Area(north(29.8), 100 * pi, "81", "8101"), "810116", {}),
        (Area(north(30.2), 100 * pi, "81", "8101"), "810116", {"km": 30.2, "reach_km": 30.0}),
    ],
)  # fmt: skip
def test_an_event_held_elsewhere(area: Area, tambon: str, evidence: dict[str, Any]) -> None:
    found = outside_area(facts(area=area, event=replace(MINE, tambon_code=tambon)))
    assert found == (Finding(FlagKind.OUTSIDE_AREA, evidence) if evidence else None)
    for part in set(Part) - {Part.HOST}:
        assert outside_area(facts(area=area, event=replace(MINE, tambon_code=tambon), part=part)) is None


def test_how_far_an_office_reaches() -> None:
    assert reach_km(Area()) == reach_km(Area(area_km2=0)) == reach_km(Area(area_km2=25 * pi - 1)) == 15.0
    assert reach_km(Area(area_km2=100 * pi)) == pytest.approx(30)


def test_a_head_count_against_the_country() -> None:
    few = [60, 60, 60, 60, 0]
    assert head_count(facts(participants=570, history=few)) is None
    assert head_count(facts(participants=0, history=few)) is None
    assert head_count(facts(participants=599, history=few)) == Finding(
        FlagKind.HEAD_COUNT, {"count": 599, "usual": 57, "basis": "country", "times": 10.5}
    )


def test_a_head_count_against_the_offices_own() -> None:
    """Uniform counts: four times more or less is calm (e to the power of 3.5 × 0.4 is 4.06)."""
    past = [100, 100, 100, 100, 100]
    shared = {"usual": 100, "basis": "office", "of": 5, "low": 25, "high": 406}
    assert head_count(facts(participants=405, history=past)) is None
    assert head_count(facts(participants=25, history=past)) is None
    assert head_count(facts(participants=407, history=past)) == Finding(
        FlagKind.HEAD_COUNT, {"count": 407, "times": 4.1, **shared}
    )
    assert head_count(facts(participants=24, history=past)) == Finding(
        FlagKind.HEAD_COUNT, {"count": 24, "times": 4.2, **shared}
    )
    assert head_count(facts(participants=1, history=past)) == Finding(
        FlagKind.HEAD_COUNT, {"count": 1, "times": 100.0, **shared}
    )


def test_however_much_counts_spread_twenty_times_is_too_much() -> None:
    past = [1, 10, 100, 1000, 10_000]
    assert head_count(facts(participants=2000, history=past)) is None
    found = head_count(facts(participants=2001, history=past))
    assert found is not None
    assert (found.evidence["low"], found.evidence["high"], found.evidence["times"]) == (5, 2000, 20.0)


def same(name: str = OTHER, **changes: Any) -> dict[str, Any] | None:
    """What is told of another record of the day."""
    other = replace(ComparedRecord(2, name, "ศาลา", None, "810116", "8101"), **changes)
    found = same_event(facts(others=[other]))
    assert len(found) <= 1
    assert all((each.kind, each.other_id) == (FlagKind.SAME_EVENT, 2) for each in found)
    return found[0].evidence if found else None


def test_the_same_event_by_pins() -> None:
    near = same(point=north(0.98))
    assert near is not None
    assert near["km"] == 0.98
    assert 0 <= near["name_likeness"] < 0.85
    assert same(point=north(1.02)) is None
    assert same(MINE.name, point=north(4.98)) == {"km": 4.98, "name_likeness": 1.0}
    assert same(MINE.name, point=north(5.02)) is None


def test_the_same_event_where_a_pin_is_missing() -> None:
    assert same(MINE.name) == {"name_likeness": 1.0}
    assert same(MINE.name, tambon_code="810105") == {"name_likeness": 1.0}
    assert same(MINE.name, tambon_code="810304", district_code="8103") is None
    assert same(MINE.name, tambon_code="", district_code="") is None
    at = same(place="หาดนพรัตน์ธารา")
    assert at is not None
    assert at["same_place"] is True
    assert 0 <= at["name_likeness"] < 0.85
    assert same(place="หาดนพรัตน์ธารา", tambon_code="810105") is None
    assert same() is None


def test_unknown_places_are_not_the_same_place() -> None:
    nowhere = replace(MINE, point=None, tambon_code="", district_code="")
    other = replace(nowhere, id=2)
    assert same_event(facts(event=nowhere, others=[other])) == []


def test_what_was_declared_one_event() -> None:
    other = replace(MINE, id=2)
    assert linked(MINE, other) is False
    assert linked(replace(MINE, host_activity_id=2), other) is True
    assert linked(MINE, replace(other, host_activity_id=1)) is True
    assert linked(replace(MINE, host_activity_id=9), replace(other, host_activity_id=9)) is True
    assert linked(replace(MINE, host_activity_id=9), replace(other, host_activity_id=8)) is False
