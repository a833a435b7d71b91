"""Workbooks by xlsxwriter: typed columns, a header that stays in sight, flat memory for many rows.

What people typed is written as text and never as a formula or a link, whatever it begins with.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Protocol
from zipfile import ZipFile

import xlsxwriter.workbook
from django.utils.translation import gettext as _

from jitasa.documents.quick_rows import QuickRows

FONT = "TH Sarabun New"
SIZE = 14
# Excel's own limits.
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
# Rows are 30 times as long as what is kept of them; the usual level 6 was a third of all the time of a workbook and
# saves a fifth of its size. xlsxwriter has no setting for it, so it is given a ZipFile that has one.
PACKING_LEVEL = 3
xlsxwriter.workbook.ZipFile = partial(ZipFile, compresslevel=PACKING_LEVEL)


class Writable(Protocol):
    """What a workbook is written to, from its beginning to its end: a file, or something that counts what comes."""

    def write(self, content: bytes, /) -> int: ...

    def flush(self) -> None: ...


class CellKind(StrEnum):
    """What a column holds; decides its format, width and side."""

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"
    DATETIME = "datetime"
    TIME = "time"
    DEGREES = "degrees"


@dataclass(frozen=True)
class SheetColumn:
    title: str
    kind: CellKind | str = CellKind.TEXT
    width: float | None = None


@dataclass(frozen=True)
class Sheet:
    """``rows`` may be a generator; each row has one value per column. ``total`` closes the table."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Any]]
    title: str = ""
    total: Sequence[Any] | None = None


# Dates with the Buddhist year, which Excel computes itself ([$-107041E] is Thai with B.E.).
FORMATS: dict[CellKind, dict[str, Any]] = {
    CellKind.TEXT: {"num_format": "@"},
    CellKind.LONG: {"num_format": "@", "text_wrap": True},
    CellKind.INTEGER: {"num_format": "#,##0", "align": "right"},
    CellKind.DECIMAL: {"num_format": "#,##0.###", "align": "right"},
    CellKind.MONEY: {"num_format": "#,##0.00", "align": "right"},
    CellKind.PERCENT: {"num_format": "0.0%", "align": "right"},
    CellKind.DATE: {"num_format": "[$-107041E]d mmm yyyy;@", "align": "left"},
    CellKind.MONTH: {"num_format": "[$-107041E]mmm yyyy;@", "align": "left"},
    CellKind.DATETIME: {"num_format": "[$-107041E]d mmm yyyy hh:mm;@", "align": "left"},
    CellKind.TIME: {"num_format": "hh:mm", "align": "left"},
    CellKind.DEGREES: {"num_format": "0.00000", "align": "right"},
}
WIDTHS = {CellKind.LONG: 50.0, CellKind.TEXT: 26.0, CellKind.DATE: 15.0, CellKind.DATETIME: 20.0}
USUAL_WIDTH = 14.0
BASE = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
HEADER = {"bold": True, "bg_color": "#E9F0FA", "border": 1, "border_color": "#8894A6", "text_wrap": True}


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx file with these sheets (:func:`write_workbook`)."""
    out = io.BytesIO()
    write_workbook(out, sheets)
    return out.getvalue()


def write_workbook(out: Writable, sheets: Sequence[Sheet]) -> None:
    """Write the file to what has ``write`` and ``flush``: memory does not grow with the rows.

    Sheet names are made legal and different from each other.

    :raises ValueError: no sheets, or a sheet with more rows than a sheet can hold.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    with tempfile.TemporaryDirectory(prefix="jitasa-xlsx-") as folder:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "tmpdir": folder,
        }
        with xlsxwriter.Workbook(out, options) as book:
            taken: set[str] = set()
            for sheet in sheets:
                _write(book, sheet, _legal_name(sheet.name, taken))


class _CellFormats:
    """The format of a column, and those of days and moments that stand in a column of another kind."""

    def __init__(self, book: Any, kind: CellKind, more: dict[str, Any] | None = None) -> None:
        self._book, self._kind, self._more = book, kind, more or {}
        self.own = self._made(kind)
        self._others: dict[CellKind, Any] = {}

    def of(self, kind: CellKind) -> Any:
        """The column's own format if it is of that kind (a day column may hold moments), else that kind's."""
        if self._kind in (CellKind.DATE, CellKind.MONTH, CellKind.DATETIME):
            return self.own
        if kind not in self._others:
            self._others[kind] = self._made(kind)
        return self._others[kind]

    def _made(self, kind: CellKind) -> Any:
        return self._book.add_format(BASE | FORMATS[kind] | self._more)


def _write(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    kinds = [CellKind(column.kind) for column in sheet.columns]
    formats = [_CellFormats(book, kind) for kind in kinds]
    header = book.add_format(BASE | HEADER | {"valign": "vcenter", "align": "center"})
    for index, (column, kind) in enumerate(zip(sheet.columns, kinds, strict=True)):
        page.set_column(index, index, column.width or WIDTHS.get(kind, USUAL_WIDTH))
    line = 0
    if sheet.title:
        page.write_string(0, 0, sheet.title, book.add_format(BASE | {"bold": True, "font_size": 18}))
        line = 2
    for index, column in enumerate(sheet.columns):
        page.write_string(line, index, column.title, header)
    page.freeze_panes(line + 1, 0)
    page.repeat_rows(line)
    first = line
    numbers = [kind not in (CellKind.TEXT, CellKind.LONG) for kind in kinds]
    rows = QuickRows(page, line + 1, numbers, _styles(formats))
    for row in sheet.rows:
        line += 1
        if line >= MOST_ROWS - 1:
            raise ValueError(_("ตารางมีแถวเกินกว่าที่ Excel รับได้ เลือกช่วงเดือนหรือพื้นที่ให้แคบลง"))
        rows.write(line, row)
    if line > first:
        page.autofilter(first, 0, line, len(kinds) - 1)
    if sheet.total is not None:
        bold = [_CellFormats(book, kind, {"bold": True, "top": 1}) for kind in kinds]
        line += 1
        QuickRows(page, line, numbers, _styles(bold)).write(line, sheet.total)
    rows.end(line)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _styles(formats: Sequence[_CellFormats]) -> Callable[[int, Any], int]:
    """The number of the format that a value has in a column."""

    def style_of(index: int, value: Any) -> int:
        found = formats[index].own
        if isinstance(value, datetime):
            found = formats[index].of(CellKind.DATETIME)
        elif isinstance(value, date):
            found = formats[index].of(CellKind.DATE)
        return int(found._get_xf_index())

    return style_of


def _legal_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none of ``[]:*?/\\``, no apostrophe at the ends, none twice."""
    clean = "".join(letter for letter in name if letter not in "[]:*?/\\").strip("' ")[:LONGEST_NAME]
    clean = clean or f"{_('ตาราง')} {len(taken) + 1}"
    number = 2
    unique = clean
    while unique.lower() in taken:
        ending = f" ({number})"
        unique = clean[: LONGEST_NAME - len(ending)] + ending
        number += 1
    taken.add(unique.lower())
    return unique
