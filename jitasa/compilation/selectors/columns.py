"""The columns of every table of offices: on the board, in the workbook and in a compilation."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from jitasa.compilation.selectors.figures import Figures
from jitasa.rounds.counted import LABELS


@dataclass(frozen=True)
class TableColumn:
    """``kind`` is one of ``documents.xlsx.CellKind``; money is in baht."""

    key: str
    title: str
    kind: str = "text"

    def as_json(self) -> list[str]:
        return [self.key, self.title, self.kind]


def _column(key: str, kind: str = "integer") -> TableColumn:
    """A number under its one label, in the words of documents, which are always Thai."""
    with translation.override("th"):
        return TableColumn(key, str(LABELS[key]), kind)


OFFICES = tuple(map(_column, ("offices", "reported", "confirmed", "nil", "on_time")))
COUNTS = (
    *map(_column, ("activities", "events", "accepted_events", "waiting_events", "participants", "people")),
    *map(_column, ("men", "women", "not_told_apart", "photos")),
    _column("budget", "money"),
)
CODE = TableColumn("code", "รหัส")
NAME = TableColumn("name", "หน่วยงาน")
DISTRICT = TableColumn("district", "อำเภอ")
PROVINCE = TableColumn("province", "จังหวัด")
STATE = TableColumn("state", "สถานะ")
REASON = TableColumn("reason", "สาเหตุ")


def cells(figures: Figures, columns: tuple[TableColumn, ...]) -> list[Any]:
    """The values of the given columns; money as text with two decimals, so that it hashes the same."""
    return [_cell(getattr(figures, column.key), column.kind) for column in columns]


def _cell(value: Any, kind: str) -> Any:
    return f"{value:.2f}" if kind == "money" else value
