"""Filter chips, sorting and wording of the rows of a board."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.compilation.selectors.boards import Board, BoardRow
from jitasa.compilation.selectors.figures import Figures
from jitasa.rounds.choices import ReturnState
from jitasa.thai.text import sort_key

S = ReturnState


@dataclass(frozen=True)
class Filter:
    """One chip: how many offices (always LAOs, never rows) it stands for among some figures."""

    name: str
    label: Promise
    count: Callable[[Figures], int]


def _in_state(state: ReturnState) -> Callable[[Figures], int]:
    return lambda figures: figures.state_count(state)


FILTERS = (
    Filter("all", _("ทั้งหมด"), lambda figures: figures.offices),
    Filter("missing", _("ยังไม่รายงาน"), lambda figures: figures.missing),
    Filter("late", _("ล่าช้า"), _in_state(S.LATE)),
    Filter("unconfirmed", _("ยังไม่ยืนยัน"), lambda figures: figures.offices - figures.stated),
    Filter("returned", _("ส่งกลับ"), _in_state(S.RETURNED)),
    Filter("nil", _("แจ้งไม่มีกิจกรรม"), lambda figures: figures.nil),
    Filter("confirmed", _("ยืนยันครบ"), lambda figures: figures.confirmed),
    # Whichever way they stated it: those that "ยังไม่ยืนยัน" leaves.
    Filter("stated", _("ยืนยันแล้ว"), lambda figures: figures.stated),
    Filter("on_time", _("ทันกำหนด"), lambda figures: figures.on_time),
)
BY_NAME = {item.name: item for item in FILTERS}


def counted(board: Board, item: Filter) -> int:
    """Offices that a chip stands for on the whole board."""
    return item.count(board.total)


def keeps(row: BoardRow, item: Filter) -> bool:
    """Whether a row holds at least one office that the chip means."""
    return item.name == "all" or item.count(row.figures) > 0


SORTS: dict[str, Callable[[BoardRow], object]] = {
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


def arranged(rows: Sequence[BoardRow], item: Filter, order: str) -> list[BoardRow]:
    """The rows a chip keeps, sorted; ``order`` is a key of ``SORTS``, with ``-`` before it descending."""
    name, falling = order.removeprefix("-"), order.startswith("-")
    key = SORTS.get(name, SORTS["code"])
    return sorted((row for row in rows if keeps(row, item)), key=key, reverse=falling)  # type: ignore[arg-type] # keys of one sort compare
