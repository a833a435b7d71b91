"""The records of a CSV file as people send them: encodings, Excel's ``sep=`` line, quotes that swallow rows."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jitasa.problems import Refusal

MAX_BYTES = 20 * 1024 * 1024
DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n|\r|\n")
# Also as programs write it back that took it for a row: followed by empty cells.
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?[;,\t|\s]*', re.IGNORECASE)


@dataclass(frozen=True)
class CsvRecord:
    """A record; ``line`` is where it begins, ``last`` where it ends, ``open``: its quote is never closed."""

    line: int
    last: int
    cells: list[str]
    open: bool = False

    def swallowed(self, columns: int) -> int:
        """How many lines stand within one cell though each looks like a row of ``columns`` cells.

        A quote that is closed in the next row takes the end of one and the beginning of the other: together they
        have as many cells as a row.
        """
        inside = [line for cell in self.cells for line in _LINE_END.split(cell)[1:]]
        whole = sum(max(map(line.count, DELIMITERS)) >= max(1, columns - 2) for line in inside)
        halves = [cell for cell in self.cells if _LINE_END.search(cell)]
        return whole or sum(max(map(cell.count, DELIMITERS)) >= max(1, columns - 1) for cell in halves)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with one, or TIS-620/Windows-874.

    :raises Refusal: too large, or no text.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(_("ไฟล์ใหญ่เกิน 20 MB"), code="file_too_large")
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise Refusal(_("ไม่ใช่ไฟล์ CSV ที่อ่านได้ บันทึกจากโปรแกรมตารางเป็น CSV (UTF-8) แล้วส่งใหม่"), code="file_unreadable")


def records(text: str) -> Iterator[CsvRecord]:
    """Records that have cells. :raises Refusal: with the line, what cannot be taken apart."""
    lines = list(io.StringIO(text, newline=""))
    start, delimiter = _dialect(lines)
    reader = csv.reader(lines[start:], delimiter=delimiter)
    line = start + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Refusal(unclosed(line, len(lines)), code="file_unreadable") from None
        if cells is None:
            return
        last = start + reader.line_num
        if cells:
            is_open = last >= len(lines) and _is_open(lines[line - 1 : last], delimiter)
            yield CsvRecord(line, last, cells, open=is_open)
        line = last + 1


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether the file ends within a quote."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end" in str(problem)
    return False


def unclosed(line: int, last: int) -> str:
    """What to do about a quote that opens on ``line`` and takes in everything to ``last``."""
    words = _(
        'บรรทัด %(line)d มีเครื่องหมายคำพูด (") ที่เปิดแล้วไม่ปิด จึงกลืนข้อความไปถึงบรรทัด %(last)d ลบหรือปิดเครื่องหมายในบรรทัดนั้น แล้วส่งใหม่'
    )
    return words % {"line": line, "last": last}


def _dialect(lines: list[str]) -> tuple[int, str]:
    """How many lines stand before the header, and what separates cells: as ``sep=`` says, else the most frequent."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = lines[start].rstrip("\r\n") if lines else ""
    said = _SEPARATOR_LINE.fullmatch(head)
    if said and said[1] in DELIMITERS:
        return start + 1, said[1]
    return start, max(DELIMITERS, key=head.count)
