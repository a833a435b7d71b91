"""Workbooks as people send them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
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
