"""Is a file a workbook that may be opened? Asked before the program that reads workbooks sees it.

That program makes room for every cell from the first to the last: two cells in opposite corners of a sheet would fill
any memory. So the parts are measured and each sheet's corners are read first, without entities and without inflating
more than is allowed.
"""

import io
import re
import zipfile
import zlib
from typing import IO

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from jitasa.files.kinds import HEAD, ContainerKind, kind_of
from jitasa.problems import Refusal

INFLATED_MOST = 40 * 1024 * 1024  # bytes of all parts together
PARTS_MOST = 2000
LINES_MOST = 20_000
COLUMNS_MOST = 400
_COLUMN = re.compile(r"[A-Z]+")
# What zipfile raises for an archive, or a part of one, that is damaged, locked, or packed in a way it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
Hidden = dict[str, frozenset[int]]


def require_workbook(data: bytes) -> Hidden:
    """Sheet name → its hidden lines. :raises Refusal: says what to do with the file."""
    kind = kind_of(data[:HEAD])
    if kind == ContainerKind.OLE:
        raise Refusal(
            _("ไฟล์นี้เป็น .xls รุ่นเก่าหรือมีรหัสผ่าน เปิดใน Excel แล้วบันทึกเป็น .xlsx ที่ไม่มีรหัสผ่าน"), code="locked"
        )
    if kind != ContainerKind.ZIP:
        raise _no_sheet()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_sizes(archive)
            paths = _sheet_paths(archive)
            return {name: _scanned(archive, path) for name, path in paths.items()}
    except (*UNREADABLE, KeyError, SyntaxError):  # a part lacks, is no XML or has entities
        raise damaged() from None


def damaged() -> Refusal:
    return Refusal(_("เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสีย เปิดใน Excel แล้วบันทึกเป็น .xlsx ใหม่อีกครั้ง"), code="damaged")


def _no_sheet() -> Refusal:
    return Refusal(_("ไฟล์นี้ไม่ใช่ตาราง Excel เลือกไฟล์ .xlsx ที่ดาวน์โหลดจากหน้านี้"), code="not_a_sheet")


def _too_large() -> Refusal:
    words = _("ตารางนี้ใหญ่เกินไป คัดลอกเฉพาะแถวที่ต้องการไปใส่ไฟล์ที่ดาวน์โหลดจากหน้านี้")
    return Refusal(words, code="too_large")


def _require_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > INFLATED_MOST:
        raise _too_large()
    if "xl/workbook.xml" not in archive.NameToInfo:
        raise _no_sheet()
    # A part that holds more than it says is cut off there, and its checksum is wrong.
    if archive.testzip() is not None:
        raise damaged()


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as part:
        for _event, element in iterparse(part):
            target = element.get("Target", "")
            targets[element.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    with archive.open("xl/workbook.xml") as part:
        for _event, element in iterparse(part):
            if element.tag.endswith("}sheet"):
                link = next((value for name, value in element.items() if name.endswith("}id")), "")
                if targets.get(link, "").startswith("xl/worksheets/"):
                    found[element.get("name", "")] = targets[link]
    return found


def _scanned(archive: zipfile.ZipFile, path: str) -> frozenset[int]:
    with archive.open(path) as part:
        return frozenset(_hidden_lines(part))


def _hidden_lines(part: IO[bytes]) -> list[int]:
    """:raises Refusal: a cell lies further out than any sheet of this kind reaches."""
    hidden, line = [], 0
    for event, element in iterparse(part, events=("start", "end")):
        if event == "start" and element.tag.endswith("}row"):
            line = int(element.get("r") or line + 1)
            if line > LINES_MOST:
                raise _too_large()
            if element.get("hidden") in ("1", "true"):
                hidden.append(line)
        elif event == "start" and element.tag.endswith("}c") and _number(element.get("r", "")) > COLUMNS_MOST:
            raise _too_large()
        elif event == "end" and element.tag.endswith("}row"):
            element.clear()
    return hidden


def _number(place: str) -> int:
    """The number of the column of a cell: 1 for ``A7``; 0 when it does not say."""
    letters = _COLUMN.match(place)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number
