"""The sheet of an office and month: what it has recorded, and empty rows with drop-downs and checks."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import override
from uuid6 import uuid7
from xlsxwriter.utility import xl_col_to_name

from jitasa.activities.forms import GROUP, MEASURE
from jitasa.activities.rules import PEOPLE_MOST
from jitasa.activities.selectors.values import values_of
from jitasa.documents.xlsx import BASE, FORMATS, HEADER, CellKind
from jitasa.sheets.exported import words_of
from jitasa.sheets.layout import (
    NUMBER,
    PHOTOS,
    REVISION,
    SEPARATOR,
    STATUS,
    UUID,
    Cell,
    Column,
)
from jitasa.sheets.selectors.sheet import SheetRecord
from jitasa.thai.dates import last_day, month_name

EMPTY_ROWS = 100
SHEET, LISTS, HELP = "กิจกรรม", "รายการ", "วิธีกรอก"
HEADER_LINE = 2
_KINDS = {
    Cell.TEXT: CellKind.TEXT,
    Cell.LONG: CellKind.LONG,
    Cell.DAY: CellKind.DATE,
    Cell.COUNT: CellKind.INTEGER,
    Cell.NUMBER: CellKind.DECIMAL,
}
_CLOCK = {"num_format": "hh:mm", "align": "left"}


def sheet_of_month(
    *, office: str, month: date, columns: Sequence[Column], options: Mapping[str, Sequence[str]],
    records: Sequence[SheetRecord],
) -> bytes:  # fmt: skip
    """An .xlsx in Thai. Each empty row bears a UUID of its own, so that it is one record however often it is sent."""
    out = io.BytesIO()
    switched_off = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with override("th"), xlsxwriter.Workbook(out, {"in_memory": True, **switched_off}) as book:
        page = book.add_worksheet(SHEET)
        lists = book.add_worksheet(LISTS)
        ranges = _write_lists(book, lists, options)
        _write_head(book, page, f"กิจกรรมจิตอาสา {office} {month_name(month)}", columns)
        formats = [book.add_format(BASE | _format(column)) for column in columns]
        last = HEADER_LINE + len(records) + EMPTY_ROWS
        for line, record in enumerate(records, HEADER_LINE + 1):
            _write_cells(page, line, _cells_of(record, columns), columns, formats)
        for line in range(HEADER_LINE + 1 + len(records), last + 1):
            page.write_string(line, 0, str(uuid7()), formats[0])
        for index, column in enumerate(columns):
            _check_cells(page, index, column, last, ranges, month)
        _write_help(book, book.add_worksheet(HELP), columns)
    return out.getvalue()


def _format(column: Column) -> dict[str, Any]:
    return _CLOCK if column.cell == Cell.CLOCK else FORMATS[_KINDS[column.cell]]


def _write_lists(book: Any, page: Any, options: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Name of a list → the range of its words."""
    heading, plain = book.add_format(BASE | HEADER), book.add_format(BASE)
    ranges = {}
    for index, (name, words) in enumerate(options.items()):
        page.write_string(0, index, name, heading)
        page.set_column(index, index, 32, plain)
        for line, word in enumerate(words, 1):
            page.write_string(line, index, word, plain)
        letters = xl_col_to_name(index)
        if words:
            ranges[name] = f"='{LISTS}'!${letters}$2:${letters}${len(words) + 1}"
    page.hide()
    return ranges


def _write_head(book: Any, page: Any, title: str, columns: Sequence[Column]) -> None:
    shown = next(index for index, column in enumerate(columns) if not column.hidden)
    page.write_string(0, shown, title, book.add_format(BASE | {"bold": True, "font_size": 18}))
    words = "กรอกแถวละหนึ่งกิจกรรม แล้วส่งไฟล์นี้ที่หน้า “นำเข้าจาก Excel” วิธีกรอกอยู่ในแผ่นงาน “วิธีกรอก”"
    page.write_string(1, shown, words, book.add_format(BASE | {"font_color": "#5A6678"}))
    head = book.add_format(BASE | HEADER | {"valign": "vcenter", "align": "center"})
    for index, column in enumerate(columns):
        page.write_string(HEADER_LINE, index, column.title, head)
        page.set_column(index, index, column.width, book.add_format(BASE), {"hidden": column.hidden})
    page.set_row(HEADER_LINE, 58)
    name = next((index for index, column in enumerate(columns) if column.key == "name"), shown)
    page.freeze_panes(HEADER_LINE + 1, name + 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_LINE)


def _cells_of(record: SheetRecord, columns: Sequence[Column]) -> list[Any]:
    values = values_of(record.activity, record.parts)
    cells: dict[str, Any] = {
        UUID: str(record.activity.uuid),
        REVISION: record.activity.revision if record.activity.pk else "",
        NUMBER: record.activity.number,
        STATUS: str(record.activity.get_status_display()) if record.activity.pk else "",
        PHOTOS: SEPARATOR.join(record.photo_names),
        **words_of(record.activity, record.parts),
        **{GROUP + code: count for code, count in values.groups.items()},
        **{MEASURE + code: amount for code, amount in values.measures.items()},
    }
    return [cells.get(column.key, getattr(values, column.key, "")) for column in columns]


def _write_cells(
    page: Any, line: int, cells: Sequence[Any], columns: Sequence[Column], formats: Sequence[Any]
) -> None:
    for index, (value, column) in enumerate(zip(cells, columns, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, date):
            page.write_datetime(line, index, datetime.combine(value, time()), formats[index])
        elif isinstance(value, time):
            page.write_datetime(line, index, value, formats[index])
        elif isinstance(value, int | float | Decimal) and column.cell in (Cell.COUNT, Cell.NUMBER):
            page.write_number(line, index, value, formats[index])
        else:
            page.write_string(line, index, str(value), formats[index])


def _check_cells(
    page: Any, index: int, column: Column, last: int, ranges: Mapping[str, str], month: date
) -> None:
    """Drop-down or check of a column's cells."""
    check: dict[str, Any] = {}
    if column.options in ranges:
        check = {"validate": "list", "source": ranges[column.options], "error_type": "stop" if column.closed else "information",
                 "show_error": column.closed}  # fmt: skip
    elif column.cell == Cell.DAY:
        check = {"validate": "date", "criteria": "between", "minimum": month, "maximum": last_day(month), "error_type": "warning",
                 "error_title": "ตรวจวันที่", "error_message": "วันนี้ไม่อยู่ในเดือนของตารางนี้ ใช่วันนี้หรือไม่"}  # fmt: skip
    elif column.cell == Cell.COUNT:
        check = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": PEOPLE_MOST,
                 "error_title": "ตรวจจำนวน", "error_message": "กรอกเป็นจำนวนเต็ม เช่น 12"}  # fmt: skip
    elif column.cell == Cell.NUMBER:
        check = {"validate": "decimal", "criteria": ">=", "value": 0,
                 "error_title": "ตรวจจำนวน", "error_message": "กรอกเป็นตัวเลข เช่น 12.5"}  # fmt: skip
    if column.words and check:
        check |= {"input_title": column.title[:32], "input_message": str(column.words)[:255]}
    if check:
        page.data_validation(HEADER_LINE + 1, index, last, index, check)


def _write_help(book: Any, page: Any, columns: Sequence[Column]) -> None:
    head, plain = book.add_format(BASE | HEADER), book.add_format(BASE | {"text_wrap": True})
    page.set_column(0, 0, 32, plain)
    page.set_column(1, 1, 80, plain)
    lines = [
        ("ส่งซ้ำได้", "ส่งไฟล์เดิมอีกครั้งไม่เกิดรายการซ้ำ แก้แถวใดแล้วส่งใหม่ แก้เฉพาะแถวนั้น"),
        ("แถวที่คัดลอก", "คัดลอกเฉพาะเซลล์ที่มองเห็น อย่าคัดลอกทั้งแถว เพราะรหัสรายการที่ซ่อนอยู่จะซ้ำกัน"),
        ("ก่อนบันทึก", "ระบบแสดงทุกแถวตามที่อ่านได้ก่อน และบอกเซลล์ที่ต้องแก้ ยังไม่บันทึกจนกว่าจะกดนำเข้า"),
    ]
    lines += [(column.title, str(column.words)) for column in columns if column.words and not column.hidden]
    page.write_row(0, 0, ["คอลัมน์", "วิธีกรอก"], head)
    for line, words in enumerate(lines, 1):
        page.write_row(line, 0, words, plain)
