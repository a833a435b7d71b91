"""Rows of a worksheet as XML, past xlsxwriter's call and object a cell: a third of its time or less (docs/performance.md).

It writes what xlsxwriter writes in constant memory (texts inline), into the same file of rows. That file is none of
its public names, so ``tests/test_xlsx.py`` reads what comes out, and the version is pinned.
"""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from jitasa.thai.dates import BANGKOK

MOST_LETTERS = 32_767  # Excel's own limit
DAY_0 = date(1899, 12, 30).toordinal()
MOMENT_0 = datetime(1899, 12, 30)  # noqa: DTZ001 (Excel knows no zones)
# What cannot stand in XML as it is, or would be read as something else.
_SPECIAL = re.compile(
    r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z|\A.{32767}", re.DOTALL
)
_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class QuickRows:
    """The rows of one sheet below its header. ``style_of(column, value)`` is the number of a cell's format."""

    def __init__(
        self, page: Any, line: int, numbers: Sequence[bool], style_of: Callable[[int, Any], int]
    ) -> None:
        page._write_single_row(line)  # what was written before goes first
        self._page, self._file = page, page.row_data_fh
        self._style_of = style_of
        self._columns = [(index, xl_col_to_name(index), number, style_of(index, None)) for index, number in enumerate(numbers)]  # fmt: skip

    def write(self, line: int, row: Sequence[Any]) -> None:
        """One row; ``line`` is counted from 0 and grows."""
        number = line + 1
        cells = [f'<row r="{number}">']
        for column, value in zip(self._columns, row, strict=True):
            if value is None or value == "":
                continue
            index, name, is_number, style = column
            kind = type(value)
            if kind is str:
                text = f">{value}" if _SPECIAL.search(value) is None else _text(value)
                cells.append(f'<c r="{name}{number}" s="{style}" t="inlineStr"><is><t{text}</t></is></c>')
            elif kind is int and is_number:
                cells.append(f'<c r="{name}{number}" s="{style}"><v>{value}</v></c>')
            else:
                cells.append(self._other(index, f"{name}{number}", value, is_number))
        cells.append("</row>")
        self._file.write("".join(cells))

    def _other(self, index: int, place: str, value: Any, is_number: bool) -> str:
        style = self._style_of(index, value)
        if isinstance(value, datetime):
            local = value.astimezone(BANGKOK).replace(tzinfo=None) if value.tzinfo else value
            value, is_number = (local - MOMENT_0).total_seconds() / 86_400, True
        elif isinstance(value, date):
            value, is_number = value.toordinal() - DAY_0, True
        elif isinstance(value, time):
            value, is_number = (value.hour * 60 + value.minute) / 1440, True
        if is_number and isinstance(value, int | float | Decimal):
            if not math.isfinite(value):
                return f'<c r="{place}" s="{style}" t="e"><v>#NUM!</v></c>'
            return f'<c r="{place}" s="{style}"><v>{value:.16G}</v></c>'
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{_text(str(value))}</t></is></c>'

    def end(self, line: int) -> None:
        """``line`` is the last row that was written."""
        self._page.dim_rowmax = max(self._page.dim_rowmax, line)
        self._page.previous_row = line + 1


def _text(value: str) -> str:
    """What follows ``<t``: the text, and that its white space counts where it has some at the ends."""
    value = value[:MOST_LETTERS]
    space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
    value = _ESCAPED.sub(r"_x005F\1", value)
    value = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{space}>{value}"
