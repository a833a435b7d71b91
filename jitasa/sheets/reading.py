"""A workbook, or rows copied from one, becomes rows of text by column. Nothing is judged here but the file itself.

Whatever program wrote it, a cell is read as a person sees it: dates and times, numbers without ``.0``, the result of a
formula. The clerk is shown every row as it was read before anything is kept.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from jitasa.problems import Refusal
from jitasa.sheets.layout import NUMBER as RECEIPT_NUMBER
from jitasa.sheets.layout import OWN, STATUS, UUID, Cell, Column, by_title, key
from jitasa.sheets.sheet_row import SheetRow
from jitasa.sheets.workbook_check import damaged, require_workbook
from jitasa.thai.text import clean

ROWS_MOST = 10_000  # above one batch of the one road the worker takes them (docs/adr/0130)
HEADER_WITHIN = 30  # the first lines, among which the titles are looked for
TITLES_LEAST = 3
CELL_MOST = 32_767  # letters: as many as Excel has in a cell, so that nothing is cut off unsaid
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (serial numbers of Excel count from here)
_SERIALS = range(20_000, 300_000)  # of days between 1954 and 2721


@dataclass(frozen=True)
class SheetText:
    """``unknown`` are titles nobody knows."""

    rows: list[SheetRow]
    unknown: list[str] = field(default_factory=list)


def read_workbook(data: bytes, columns: Sequence[Column]) -> SheetText:
    """The rows of the sheet that bears the titles. :raises Refusal: says what to do with the file."""
    hidden = require_workbook(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in hidden:
            sheet = book.get_sheet_by_name(name)
            lines = sheet.to_python(skip_empty_area=False)
            start = _header(lines, columns)
            if start is not None:
                merged = list(sheet.merged_cell_ranges or ())
                return _rows(lines, start, columns, merged=merged, hidden=hidden[name])
    except python_calamine.PasswordError:
        raise Refusal(_("ไฟล์นี้มีรหัสผ่าน ยกเลิกรหัสผ่านใน Excel แล้วส่งใหม่"), code="locked") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise damaged() from None
    raise _no_titles()


def read_pasted(text: str, columns: Sequence[Column]) -> SheetText:
    """Rows copied from a sheet: with its titles, or without them in the order of the columns in sight."""
    lines: list[list[Any]] = [
        list(cells) for cells in csv.reader(io.StringIO(clean(text)), delimiter="\t") if any(cells)
    ]
    if not lines:
        raise Refusal(_("ยังไม่มีแถวที่วาง คัดลอกแถวใน Excel แล้ววางในช่องนี้"), code="empty")
    start = _header(lines, columns)
    if start is None:
        shown = [
            column for column in columns if not column.hidden and column.key not in (RECEIPT_NUMBER, STATUS)
        ]
        lines, start = [[column.title for column in shown], *lines], 0
    return _rows(lines, start, columns)


def _no_titles() -> Refusal:
    return Refusal(
        _("ไม่พบหัวตาราง (ชื่อกิจกรรม วันที่เริ่ม …) ใช้ไฟล์ที่ดาวน์โหลดจากหน้านี้ และอย่าลบแถวหัวตาราง"), code="no_titles"
    )


def _header(lines: Sequence[Sequence[Any]], columns: Sequence[Column]) -> int | None:
    """The line of the titles."""
    titles = by_title(columns)
    for index, cells in enumerate(lines[:HEADER_WITHIN]):
        known = {key(cell) for cell in cells if isinstance(cell, str)} & titles.keys()
        if len(known) >= TITLES_LEAST:
            return index
    return None


def _rows(
    lines: Sequence[Sequence[Any]],
    start: int,
    columns: Sequence[Column],
    *,
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]] = (),
    hidden: frozenset[int] = frozenset(),
) -> SheetText:
    titles = by_title(columns)
    named = [str(cell).strip() for cell in lines[start]]
    found = [titles.get(key(name)) for name in named]
    across = {
        row for (first, _left), (last, _right) in merged if last > first for row in range(first, last + 1)
    }
    rows = []
    for index, cells in enumerate(lines[start + 1 :], start + 1):
        texts = dict(_texts(found, cells))
        if not any(text for name, text in texts.items() if name not in OWN):
            continue
        doubts = (_("แถวนี้มีเซลล์ที่ผสานกับแถวอื่น ยกเลิกการผสานแล้วกรอกให้ครบทุกแถว"),) if index in across else ()
        rows.append(SheetRow(index + 1, texts, doubts, hidden=index + 1 in hidden))
        if len(rows) > ROWS_MOST:
            words = _("ตารางมีเกิน %(most)d แถว แบ่งเป็นหลายไฟล์ ไฟล์ละไม่เกิน %(most)d แถว")
            raise Refusal(words % {"most": ROWS_MOST}, code="too_many_rows")
    if not rows:
        raise Refusal(_("ยังไม่มีแถวที่กรอก กรอกใต้หัวตารางแล้วส่งใหม่"), code="empty")
    unknown = [name for name, column in zip(named, found, strict=True) if name and column is None]
    return SheetText(rows, unknown)


def _texts(found: Sequence[Column | None], cells: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(found, cells, strict=False):
        if column is not None:
            text = clean(_text(cell, column.cell))[:CELL_MOST].strip()
            yield column.key, text.lower() if column.key == UUID else text


def _text(cell: Any, kind: Cell) -> str:
    """A cell as it would have been typed."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float | int) and kind in (Cell.DAY, Cell.CLOCK):
        return _of_serial(float(cell), kind)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return _clock(cell.time()) if kind == Cell.CLOCK else _day(cell)
    if isinstance(cell, date):
        return _day(cell)
    if isinstance(cell, time):
        return _clock(cell)
    if isinstance(cell, timedelta):
        return _clock((_EPOCH + cell % timedelta(days=1)).time())
    return str(cell)


def _of_serial(number: float, kind: Cell) -> str:
    """A day or time of day whose cell was not formatted as one."""
    if kind == Cell.CLOCK and 0 <= number < 1:
        return _clock((_EPOCH + timedelta(days=number, seconds=1)).time())
    if kind == Cell.DAY and int(number) in _SERIALS:
        return _day(_EPOCH + timedelta(days=int(number)))
    return str(int(number)) if number.is_integer() else repr(number)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"
