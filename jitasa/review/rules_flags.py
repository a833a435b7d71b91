"""What looks wrong about a record, decided from given facts alone; a person judges.

Every function returns findings with their evidence as plain JSON values: dates as ISO text, distances
in kilometres. Limits that no letter fixes stand here as named constants with their reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log, pi, sqrt
from statistics import median
from typing import Any

from jitasa.activities.choices import Part
from jitasa.activities.points import Point, distance_km
from jitasa.review.choices import FlagKind
from jitasa.thai.likeness import likeness

# Cameras keep wrong time zones and clean-ups run past midnight: one day either way says nothing.
PHOTO_DAYS = 1
# Phones locate to a few hundred metres; a stretch of road or canal is seldom longer than this.
PHOTO_KM = 5.0
# The median LAO has about 65 km² (radius 4.5 km); islands and forest LAOs reach three times as far.
AREA_KM = 15.0
AREA_RADII = 3.0
# docs/domain.md §3: the national mean is 57 people an activity; used while an office has no past of its own.
NATIONAL_MEAN = 57
NATIONAL_TIMES = 10
HISTORY_LEAST = 5
# Modified z-score of Iglewicz and Hoaglin (1993), on logarithms because head counts are ratios:
# an LAO gathers 40 to 100 alone, 150 to 300 with the district. 0.4 keeps uniform offices calm (×4).
Z_LIMIT = 3.5
SPREAD_LEAST = 0.4
RATIO_LIMIT = 20
SAME_PLACE_KM = 1.0
NEAR_KM = 5.0
SAME_NAME = 0.85


@dataclass(frozen=True)
class PhotoFact:
    """What the camera wrote into a picture; the day is the day in Thailand."""

    sha256: str
    taken_on: date | None = None
    point: Point | None = None


@dataclass(frozen=True)
class PhotoUse:
    """A picture of this record stands, exactly or nearly, in another one."""

    mine: str
    theirs: str
    exact: bool
    other_id: int


@dataclass(frozen=True)
class Area:
    """Where an office works. ``district_code`` is empty for offices of a whole province (อบจ., จังหวัด)."""

    point: Point | None = None
    area_km2: float | None = None
    province_code: str = ""
    district_code: str = ""


@dataclass(frozen=True)
class ComparedRecord:
    """A record as the comparison of events sees it."""

    id: int
    name: str
    place: str = ""
    point: Point | None = None
    tambon_code: str = ""
    district_code: str = ""
    host_activity_id: int | None = None


@dataclass(frozen=True)
class RecordFacts:
    """Everything the rules ask about one record."""

    event: ComparedRecord
    start: date | None = None
    end: date | None = None
    part: str = Part.HOST
    participants: int = 0
    area: Area = Area()
    photos: Sequence[PhotoFact] = ()
    uses: Sequence[PhotoUse] = ()
    history: Sequence[int] = ()
    others: Sequence[ComparedRecord] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that looks wrong; ``other_id`` is the record it disagrees with."""

    kind: FlagKind
    evidence: dict[str, Any] = field(default_factory=dict)
    other_id: int | None = None

    @property
    def key(self) -> tuple[str, int | None]:
        return (str(self.kind), self.other_id)


def find_all(facts: RecordFacts) -> list[Finding]:
    """Every finding, at most one per kind and other record."""
    single = (photo_date(facts), photo_place(facts), outside_area(facts), head_count(facts))
    return [*same_photo(facts), *(found for found in single if found), *same_event(facts)]


def same_photo(facts: RecordFacts) -> list[Finding]:
    """One finding per other record, with the pairs of pictures; an exact pair hides its near one."""
    pairs: dict[int, dict[tuple[str, str], bool]] = {}
    for use in facts.uses:
        known = pairs.setdefault(use.other_id, {})
        known[use.mine, use.theirs] = known.get((use.mine, use.theirs), False) or use.exact
    return [
        Finding(
            FlagKind.SAME_PHOTO,
            {
                "pairs": [
                    {"mine": mine, "theirs": theirs, "exact": exact}
                    for (mine, theirs), exact in sorted(found.items())
                ]
            },
            other_id,
        )
        for other_id, found in sorted(pairs.items())
    ]


def photo_date(facts: RecordFacts) -> Finding | None:
    """Pictures taken more than ``PHOTO_DAYS`` before the first or after the last day."""
    if facts.start is None:
        return None
    first = facts.start - timedelta(days=PHOTO_DAYS)
    last = (facts.end or facts.start) + timedelta(days=PHOTO_DAYS)
    wrong = [p for p in facts.photos if p.taken_on is not None and not first <= p.taken_on <= last]
    if not wrong:
        return None
    rows = [{"sha256": p.sha256, "taken_on": p.taken_on.isoformat()} for p in wrong if p.taken_on]
    return Finding(FlagKind.PHOTO_DATE, {"photos": rows, "start": facts.start.isoformat()})


def photo_place(facts: RecordFacts) -> Finding | None:
    """Pictures taken more than ``PHOTO_KM`` from the pin."""
    here = facts.event.point
    if here is None:
        return None
    away = [(p, distance_km(here, p.point)) for p in facts.photos if p.point is not None]
    rows = [{"sha256": p.sha256, "km": round(km, 1)} for p, km in away if km > PHOTO_KM]
    return Finding(FlagKind.PHOTO_PLACE, {"photos": rows}) if rows else None


def outside_area(facts: RecordFacts) -> Finding | None:
    """An event of its own held elsewhere. Guests and co-hosts go to others by nature: no finding."""
    if facts.part != Part.HOST:
        return None
    area, tambon = facts.area, facts.event.tambon_code
    evidence: dict[str, Any] = {}
    if tambon and area.district_code and tambon[:4] != area.district_code:
        evidence["tambon_code"] = tambon
        evidence["district_code"] = area.district_code
    elif tambon and area.province_code and tambon[:2] != area.province_code:
        evidence["tambon_code"] = tambon
        evidence["province_code"] = area.province_code
    if area.district_code and area.point is not None and facts.event.point is not None:
        km, reach = distance_km(area.point, facts.event.point), reach_km(area)
        if km > reach:
            evidence["km"], evidence["reach_km"] = round(km, 1), round(reach, 1)
    return Finding(FlagKind.OUTSIDE_AREA, evidence) if evidence else None


def reach_km(area: Area) -> float:
    """How far from its own point an office may be at work, in km."""
    if not area.area_km2:
        return AREA_KM
    return max(AREA_KM, AREA_RADII * sqrt(area.area_km2 / pi))


def head_count(facts: RecordFacts) -> Finding | None:
    """A count far from the office's own usual one; without enough past, far over the country's mean."""
    count = facts.participants
    past = [number for number in facts.history if number > 0]
    if count <= 0:
        return None
    if len(past) < HISTORY_LEAST:
        if count <= NATIONAL_TIMES * NATIONAL_MEAN:
            return None
        return Finding(
            FlagKind.HEAD_COUNT,
            {
                "count": count,
                "usual": NATIONAL_MEAN,
                "basis": "country",
                "times": round(count / NATIONAL_MEAN, 1),
            },
        )
    logs = [log(number) for number in past]
    centre = median(logs)
    spread = 1.4826 * median([abs(value - centre) for value in logs])
    limit = min(Z_LIMIT * max(spread, SPREAD_LEAST), log(RATIO_LIMIT))
    if abs(log(count) - centre) <= limit:
        return None
    usual = round(exp(centre))
    evidence = {
        "count": count,
        "usual": usual,
        "basis": "office",
        "of": len(past),
        "low": round(exp(centre - limit)),
        "high": round(exp(centre + limit)),
        "times": round(count / usual, 1) if count >= usual else round(usual / count, 1),
    }
    return Finding(FlagKind.HEAD_COUNT, evidence)


def same_event(facts: RecordFacts) -> list[Finding]:
    """Records of other offices on the same day that seem to be this very event and are not linked.

    Names alone say little: on an important day thousands of offices use the same one. So a like name
    counts only within ``NEAR_KM``, or within the district where a pin is missing.
    """
    found = []
    for other in facts.others:
        if linked(facts.event, other):
            continue
        evidence = _same_event_evidence(facts.event, other)
        if evidence:
            found.append(Finding(FlagKind.SAME_EVENT, evidence, other.id))
    return found


def _same_event_evidence(mine: ComparedRecord, other: ComparedRecord) -> dict[str, Any]:
    alike = likeness(mine.name, other.name)
    if mine.point is not None and other.point is not None:
        km = distance_km(mine.point, other.point)
        near = km < SAME_PLACE_KM or (km < NEAR_KM and alike >= SAME_NAME)
        return {"km": round(km, 2), "name_likeness": round(alike, 2)} if near else {}
    same_place = mine.tambon_code != "" and mine.tambon_code == other.tambon_code
    same_district = mine.district_code != "" and mine.district_code == other.district_code
    if same_place and likeness(mine.place, other.place) >= SAME_NAME:
        return {"same_place": True, "name_likeness": round(alike, 2)}
    if (same_place or same_district) and alike >= SAME_NAME:
        return {"name_likeness": round(alike, 2)}
    return {}


def linked(mine: ComparedRecord, other: ComparedRecord) -> bool:
    """Whether the two were declared one event: host and guest, or guests of one host."""
    return (
        mine.host_activity_id == other.id
        or other.host_activity_id == mine.id
        or (mine.host_activity_id is not None and mine.host_activity_id == other.host_activity_id)
    )
