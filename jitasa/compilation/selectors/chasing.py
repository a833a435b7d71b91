"""Filter chips, sorting and wording of the rows of a board."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.compilation.selectors.boards import Board, Row
from jitasa.rounds.choices import ReturnState
from jitasa.thai.text import sort_key

S = ReturnState


@dataclass(frozen=True)
class Filter:
    """One chip: which states of an office it means."""

    name: str
    label: Promise
    states: frozenset[ReturnState]


FILTERS = (
    Filter("all", _("ทั้งหมด"), frozenset(ReturnState)),
    Filter("missing", _("ยังไม่รายงาน"), frozenset()),
    Filter("late", _("ล่าช้า"), frozenset({S.LATE})),
    Filter("returned", _("ส่งกลับ"), frozenset({S.RETURNED})),
    Filter("nil", _("ไม่มีกิจกรรม"), frozenset({S.NIL})),
    Filter("confirmed", _("ยืนยันแล้ว"), frozenset({S.CONFIRMED})),
)
BY_NAME = {item.name: item for item in FILTERS}


def counted(board: Board, item: Filter) -> int:
    """Offices (always LAOs, never rows) that a chip stands for."""
    if item.name == "all":
        return board.total.offices
    if item.name == "missing":
        return board.total.missing
    return sum(board.total.state_count(state) for state in item.states)


def keeps(row: Row, item: Filter) -> bool:
    """Whether a row holds at least one office that the chip means."""
    if item.name == "all":
        return True
    if item.name == "missing":
        return row.figures.missing > 0
    return any(row.figures.state_count(state) for state in item.states)


SORTS: dict[str, Callable[[Row], object]] = {
    "code": lambda row: (row.office_id == 0, row.code),
    "name": lambda row: (row.office_id == 0, sort_key(row.label)),
    "state": lambda row: (row.state.value if row.state else "", row.code),
    "reported": lambda row: (row.figures.reported_percent, row.code),
    "stated": lambda row: (row.figures.stated_percent, row.code),
    "on_time": lambda row: (row.figures.on_time_percent, row.code),
    "missing": lambda row: (row.figures.missing, row.code),
    "activities": lambda row: (row.figures.activities, row.code),
    "events": lambda row: (row.figures.events, row.code),
    "people": lambda row: (row.figures.people, row.code),
    "photos": lambda row: (row.figures.photos, row.code),
}


def arranged(rows: Sequence[Row], item: Filter, order: str) -> list[Row]:
    """The rows a chip keeps, sorted; ``order`` is a key of ``SORTS``, with ``-`` before it descending."""
    name, falling = order.removeprefix("-"), order.startswith("-")
    key = SORTS.get(name, SORTS["code"])
    return sorted((row for row in rows if keeps(row, item)), key=key, reverse=falling)  # type: ignore[arg-type] # keys of one sort compare
