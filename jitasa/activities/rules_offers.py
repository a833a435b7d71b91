"""What the recording page proposes, decided from given facts. Nothing proposed is filled by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jitasa.activities.points import Point, distance_km
from jitasa.rounds.models import SubKind
from jitasa.thai.dates import add_months, month_of
from jitasa.thai.text import search_key

NEAR_M = 300  # a picture taken this close to an earlier record's pin is of the same place
ABOUT = timedelta(days=3)  # what is held "every year on the day" moves with weekdays and the moon
RECORDS_MOST, SUB_KINDS_MOST = 3, 3
SAME_NAME, NEAR, LAST_YEAR, LAST = range(4)  # why an earlier record is proposed, the best reason first


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What the page says so far: the name as typed, the day, the pin (of a picture or set by hand)."""

    name: str = ""
    day: date | None = None
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier record of the office, as far as proposals ask."""

    id: int
    name: str
    place: str
    day: date | None
    point: Point | None


@dataclass(frozen=True)
class Match:
    """An earlier record worth proposing. ``metres``: from the picture to its pin, where it is near."""

    record: Earlier
    why: int
    metres: int | None = None


def year_before(day: date) -> tuple[date, date]:
    """The days around the same day of the year before, both ends included."""
    last = add_months(month_of(day), -12).replace(day=min(day.day, 28) if day.month == 2 else day.day)
    return last - ABOUT, last + ABOUT


def matches(typed: Typed, earlier: Iterable[Earlier]) -> list[Match]:
    """The earlier records to propose, best first, each name and place once; newest first among equals."""
    found = [_match(typed, each) for each in earlier]
    found.sort(key=lambda each: (each.why, each.metres or 0, -(each.record.day or date.min).toordinal()))
    once: dict[tuple[str, str], Match] = {}
    for each in found:
        once.setdefault((search_key(each.record.name), search_key(each.record.place)), each)
    return list(once.values())[:RECORDS_MOST]


def _match(typed: Typed, earlier: Earlier) -> Match:
    metres = _metres(typed.point, earlier.point)
    if typed.name and search_key(typed.name) == search_key(earlier.name):
        return Match(earlier, SAME_NAME, metres)
    if metres is not None:
        return Match(earlier, NEAR, metres)
    if typed.day and earlier.day and _in(year_before(typed.day), earlier.day):
        return Match(earlier, LAST_YEAR)
    return Match(earlier, LAST)


def _metres(one: Point | None, other: Point | None) -> int | None:
    """Whole metres between two points; ``None`` when one is unknown or they are further than near."""
    if one is None or other is None:
        return None
    metres = round(distance_km(one, other) * 1000)
    return metres if metres <= NEAR_M else None


def _in(days: tuple[date, date], day: date) -> bool:
    return days[0] <= day <= days[1]


def sub_kinds_for(name: str, offered: Sequence[SubKind]) -> list[SubKind]:
    """The sub-kinds whose keywords stand in an activity's name, the longest word first: it says most."""
    key = search_key(name)
    found = {row: [word for word in _keywords(row) if word in key] for row in offered}
    longest = [(max(map(len, words)), row) for row, words in found.items() if words]
    longest.sort(key=lambda pair: (-pair[0], pair[1].position, pair[1].pk))
    return [row for _length, row in longest][:SUB_KINDS_MOST]


def _keywords(row: SubKind) -> list[str]:
    return [word for word in map(search_key, row.keywords.split(",")) if word]
