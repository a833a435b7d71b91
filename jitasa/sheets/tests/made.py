"""Workbooks as people send them."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from jitasa.sheets.layout import columns
from jitasa.sheets.writing import HEADER_LINE

GOOD: Mapping[str, Any] = {
    "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
    "kind": "จิตอาสาพัฒนา",
    "sub_kind": "ปรับภูมิทัศน์",
    "start_date": "20/11/2569",
    "start_time": "08:30",
    "end_time": "11.00",
    "place": "หาดนพรัตน์ธารา",
    "moo": 5,
    "tambon_code": "อ่าวนาง",
    "group_people": 40,
    "group_staff": 6,
    "measure_waste": 120,
    "result": "เก็บขยะได้ตลอดแนวชายหาด",
}


def titles() -> dict[str, str]:
    return {column.key: column.title for column in columns()}


def workbook_of(rows: Sequence[Mapping[str, Any]], *, hide: Sequence[int] = (), merge: str = "") -> bytes:
    """The titles in the third line and a line for each row; values by the key of the column."""
    out = io.BytesIO()
    keys = list(dict.fromkeys(key for row in rows for key in row))
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("กิจกรรม")
        page.write_row(HEADER_LINE, 0, [titles().get(key, key) for key in keys])
        for line, row in enumerate(rows, HEADER_LINE + 1):
            for index, key in enumerate(keys):
                page.write(line, index, row.get(key, ""))
        for line in hide:
            page.set_row(line - 1, None, None, {"hidden": True})
        if merge:
            page.merge_range(merge, "รวม")
    return out.getvalue()


def upload(data: bytes, name: str = "activities.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def cells_of(data: bytes) -> list[dict[str, Any]]:
    """The rows of a workbook of ours, by key."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    by_title = {title: key for key, title in titles().items()}
    keys = [by_title.get(str(title), str(title)) for title in lines[HEADER_LINE]]
    return [dict(zip(keys, line, strict=True)) for line in lines[HEADER_LINE + 1 :]]


def zip_of(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def told_apart(n: int) -> dict[str, str]:
    """Name and place of one activity that looks like no other one's."""
    own = hashlib.sha256(str(n).encode()).hexdigest()
    return {"name": f"งาน {own[:40]}", "place": f"ที่ {own[40:]}"}


DATES = ("{day}/11/2569", "{day}/11/2026", "{day} พ.ย. 2569", "{day} พฤศจิกายน ๒๕๖๙")


def large_workbook(count: int) -> tuple[bytes, dict[str, int]]:
    """Rows as offices send them, and how many of them are right: days as text in both calendars and as days of Excel,
    formulas for counts and names, hidden lines, cells merged over two lines every thousand rows."""
    out = io.BytesIO()
    keys = [*GOOD, "women"]
    wrong = 0
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("กิจกรรม")
        day_format = book.add_format({"num_format": "d/m/yyyy"})
        page.write_row(HEADER_LINE, 0, [titles()[key] for key in keys])
        for n in range(count):
            line, day = HEADER_LINE + 1 + n, n % 20 + 1
            row = {**GOOD, **told_apart(n)}
            page.write_row(line, 0, [row.get(key, "") for key in keys])
            column = keys.index("start_date")
            if n % 5 == 4:
                page.write_datetime(line, column, datetime(2026, 11, day), day_format)  # noqa: DTZ001 (a cell)
            else:
                page.write_string(line, column, DATES[n % 5].format(day=day))
            page.write_formula(line, keys.index("group_people"), "=20*2", None, 40)
            page.write_formula(line, keys.index("name"), f'="{row["name"]}"', None, row["name"])
            if n % 100 == 50:
                page.set_row(line, None, None, {"hidden": True})
        for n in range(0, count - 1, 1000):
            line, column = HEADER_LINE + 1 + n, keys.index("result")
            page.merge_range(line, column, line + 1, column, GOOD["result"])
            wrong += 2
    return out.getvalue(), {"sent": count - wrong, "wrong": wrong}
