"""A large sheet is cut into batches: the rows of one day stay together, for what looks alike is found within a batch."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from jitasa.activities.services.record_batch import BATCH_MOST
from jitasa.sheets.rows import day_in
from jitasa.sheets.sheet_row import SheetRow

AT_ONCE = BATCH_MOST  # rows that one request checks or imports; of a larger sheet, one job of the worker


def batches(rows: Iterable[SheetRow], *, near: date) -> list[list[SheetRow]]:
    """Days in their order, rows without a day last; at most ``AT_ONCE`` rows each.

    Only a day of more rows than a batch takes is cut apart.
    """
    found: list[list[SheetRow]] = [[]]
    for rows_of_day in _pieces(rows, near):
        if len(found[-1]) + len(rows_of_day) > AT_ONCE:
            found.append([])
        found[-1] += rows_of_day
    return [batch for batch in found if batch]


def _pieces(rows: Iterable[SheetRow], near: date) -> Iterator[list[SheetRow]]:
    dated = [(day_in(row.cells.get("start_date", ""), near=near), row) for row in rows]
    dated.sort(key=lambda each: (each[0] or date.max, each[1].line))
    for _day, group in groupby(dated, key=lambda each: each[0]):
        of_day = [row for _same, row in group]
        for first in range(0, len(of_day), AT_ONCE):
            yield of_day[first : first + AT_ONCE]
