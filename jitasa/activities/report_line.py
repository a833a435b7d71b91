"""The line of a record in the files of a month, written with its revision (docs/adr/0157).

A month of the country is 29,000 records; reading each snapshot to write its line took twice what is left without.
What is not part of a revision (its number and status, whether it counts upwards) is filled in by who writes the file.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Final

from jitasa.activities.choices import LIVE
from jitasa.thai.dates import month_slug

CELL, PART = "\x1f", "\x1e"  # ends of a cell and of a part; neither is in any text (jitasa/thai/text.py)
_ENDS = re.compile(f"[{CELL}{PART}]")
# The columns of the files, in their order; between the parts stand those that no snapshot has.
_PARTS: Final = (
    ("uuid", "number"),  # then status and number of the revision
    ("month", "organization_code", "organization_name", "name", "kind", "sub_kind", "basis", "occasion", "part", "host"),
    ("participants",),  # between events and people, if they count upwards
    ("men", "women", "groups", "start_date", "start_time", "end_date", "end_time", "place", "moo", "tambon_code", "tambon", "latitude", "longitude", "chair_position", "measures", "result", "budget_source", "budget_amount", "publicity", "publicity_link", "photos", "problems", "suggestions"),
)  # fmt: skip
KEYS: Final = (
    *_PARTS[0], "status", "revision", *_PARTS[1], "counted_events", *_PARTS[2], "counted_people", *_PARTS[3],
)  # fmt: skip
# Where the columns of a snapshot stand: among its words for people, its values for programs, or elsewhere.
_WORDS = ("kind", "sub_kind", "basis", "part", "groups", "measures", "budget_source", "publicity")
_VALUES = (
    "name", "men", "women", "start_date", "start_time", "end_date", "end_time", "place", "moo", "tambon_code",
    "latitude", "longitude", "chair_position", "result", "publicity_link", "problems", "suggestions",
)  # fmt: skip
_ELSEWHERE = (
    "uuid", "number", "month", "organization_code", "organization_name", "occasion", "host", "participants", "tambon",
    "budget_amount", "photos",
)  # fmt: skip
_words, _values = itemgetter(*_WORDS), itemgetter(*_VALUES)


def _order(keys: Iterable[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    read = (*_ELSEWHERE, *_WORDS, *_VALUES)
    return itemgetter(*(read.index(key) for key in keys))


_codes = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_LENGTHS = tuple(map(len, _PARTS))
_constant = _order(key for part in _PARTS for key in part)


@cache
def _month(month: str) -> str:
    return month_slug(date.fromisoformat(month))


def cells_of(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a snapshot says of the columns, in their order, without those that no snapshot has."""
    values, words, office = data["values"], data["words"], data["organization"]
    elsewhere = (
        data["uuid"], data["number"], _month(data["month"]), office["code"], office["name"], words["occasion_id"],
        words["host_organization_id"] or words["host_name"], data["participants"], words["tambon_code"],
        values["budget_amount"], len(values["photos"]),
    )  # fmt: skip
    return _constant(elsewhere + _words(words) + _values(values))


def filled(cells: tuple[Any, ...], *, status: str, revision: int, counts_upwards: bool) -> tuple[Any, ...]:
    """The same with the columns that no snapshot has: one cell for each of ``KEYS``."""
    a, b, c = _LENGTHS[0], _LENGTHS[0] + _LENGTHS[1], sum(_LENGTHS[:3])
    people = cells[b]
    return (
        *cells[:a], status, revision, *cells[a:b], int(counts_upwards), people, people if counts_upwards else 0, *cells[c:],
    )  # fmt: skip


def report_line(data: Mapping[str, Any], status: str) -> str | None:
    """The line that is kept with a revision of ``status``; ``None`` for one that no file has."""
    return line_of(data) if status in LIVE else None


def line_of(data: Mapping[str, Any]) -> str:
    """The four parts of the cells, and the codes of groups and measures with their numbers as JSON."""
    cells = ["" if cell is None else str(cell) for cell in cells_of(data)]
    text = CELL.join(cells)
    if text.count(CELL) != len(cells) - 1 or PART in text:
        cells = [without_ends(cell) for cell in cells]
    values = data["values"]
    parts: list[str] = []
    start = 0
    for length in _LENGTHS:
        parts.append(CELL.join(cells[start : start + length]))
        start += length
    return PART.join([*parts, _codes([values["groups"], values["measures"]])])


def without_ends(text: str) -> str:
    """A line, or a cell of an older time, to be read by people: spaces in place of the ends."""
    return _ENDS.sub(" ", text)


def cells_text(line: str, *, status: str, revision: int, counts_upwards: bool) -> str:
    """The cells of ``KEYS`` as texts, with ``CELL`` between them."""
    first, second, people, rest, _numbers = line.split(PART)
    upwards, counted = ("1", people) if counts_upwards else ("0", "0")
    return f"{first}{CELL}{status}{CELL}{revision}{CELL}{second}{CELL}{upwards}{CELL}{people}{CELL}{counted}{CELL}{rest}"


def codes_of(line: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of groups and of measures: code → number."""
    groups, measures = json.loads(line.rpartition(PART)[2])
    return groups or {}, measures or {}
