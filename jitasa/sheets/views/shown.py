"""Rows as a page shows them: the columns worth showing, and in each cell what was read and what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jitasa.sheets.choices import CellState, Fate
from jitasa.sheets.layout import NUMBER, STATUS, Column
from jitasa.sheets.services.import_rows import RowFate


@dataclass(frozen=True)
class ShownCell:
    """``errors`` say what is to be done, ``state`` how urgent that is; none when there is nothing to do."""

    column: Column
    text: str
    errors: Sequence[str]
    state: CellState | None


def columns_to_show(found: Sequence[Column], fates: Sequence[RowFate]) -> list[Column]:
    """Those with something in them or something wrong; the name always."""
    filled = {name for each in fates for name, text in each.typed.row.cells.items() if text}
    wrong = {name for each in fates for name in each.errors}
    wanted = filled | wrong | {"name", "start_date"}
    return [
        column
        for column in found
        if column.key in wanted and not column.hidden and column.key not in (NUMBER, STATUS)
    ]


def lines_of(shown: Sequence[Column], fates: Sequence[RowFate]) -> list[tuple[RowFate, list[ShownCell]]]:
    """Every row with its cells."""
    return [(each, [_cell(column, each) for column in shown]) for each in fates]


def _cell(column: Column, fate: RowFate) -> ShownCell:
    cells: Mapping[str, str] = fate.typed.row.cells
    text, errors = cells.get(column.key, ""), fate.errors.get(column.key, ())
    return ShownCell(column, text, errors, _state(column, text, fate) if errors else None)


def _state(column: Column, text: str, fate: RowFate) -> CellState:
    """A day that is asked back is not wrong; neither is anything of a row that is taken as a draft."""
    if fate.asks_day and column.key == "start_date":
        return CellState.ASKED
    return CellState.LACKS if not text or fate.fate == Fate.KEPT else CellState.WRONG
