"""Read a registry file: the plain CSV (docs/domain.md §9) or the department's open data, with all its traps.

Pure: bytes in, clean rows and what is wrong with the others out. What the registry itself knows
(offices, codes in use) is the importing service's matter.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jitasa.organizations.registry_row import CODE, RegistryRow, RowProblem, read_row
from jitasa.problems import Refusal
from jitasa.thai.text import normalise

MAX_BYTES = 20 * 1024 * 1024
PLAIN = (
    CODE,
    "type",
    "name",
    "province_code",
    "province",
    "district_code",
    "district",
    "latitude",
    "longitude",
)
# Headings of the department's open data, and other spellings seen for the same columns.
HEADINGS = {
    **{name: name for name in PLAIN},
    "จังหวัด": "province",
    "อำเภอ": "district",
    "ตำบล": "tambon",
    "รหัสอปท": CODE,
    "รหัสอปท.": CODE,
    "รหัส": CODE,
    "ประเภทอปท": "type",
    "ประเภทอปท.": "type",
    "ประเภท": "type",
    "อปท": "name",
    "อปท.": "name",
    "ชื่ออปท.": "name",
    "ขนาดพื้นที่": "area",
    "area_km2": "area",
    "lat": "latitude",
    "long": "longitude",
    "lng": "longitude",
    "ละติจูด": "latitude",
    "ลองจิจูด": "longitude",
    "เว็บไซต์": "website",
    "เว็บไซด์": "website",
    "website": "website",
}


@dataclass
class RegistryFile:
    """``rows`` are clean, one per code; ``problems`` say why other lines are not among them."""

    rows: list[RegistryRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    lines: int = 0
    repeated: int = 0


def read_registry_file(data: bytes) -> RegistryFile:
    """Read a whole file. :raises Refusal: if it is no such file at all, saying what to send instead."""
    text = decode(data)
    lines = _records(text)
    try:
        _line, header = next(lines)
    except StopIteration:
        raise Refusal(_("ไฟล์ว่าง ส่งไฟล์ CSV ที่มีหัวคอลัมน์และข้อมูล"), code="file_empty") from None
    columns = _columns(header)
    result = RegistryFile()
    seen: dict[str, RegistryRow] = {}
    repeats_expected = "tambon" in columns.values()
    try:
        for line, cells in lines:
            if any(cell.strip() for cell in cells):
                result.lines += 1
                _take(result, seen, line, _cells(columns, cells), repeats_expected)
    except csv.Error as error:
        raise Refusal(_("อ่านไฟล์ CSV ไม่ได้: %(why)s") % {"why": error}, code="file_unreadable") from None
    if not result.lines:
        raise Refusal(_("ไฟล์มีแต่หัวคอลัมน์ ไม่มีข้อมูล"), code="file_empty")
    return result


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with one, or TIS-620/Windows-874."""
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


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of the line each begins on."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _columns(header: list[str]) -> dict[int, str]:
    """Which of our columns stands where."""
    columns = {
        index: HEADINGS[heading]
        for index, cell in enumerate(header)
        if (heading := normalise(cell).replace(" ", "").lower()) in HEADINGS
    }
    names = set(columns.values())
    missing = [
        label
        for label, have in (
            ("code / รหัส อปท.", CODE in names),
            ("name / อปท.", "name" in names),
            ("district_code / อำเภอ", bool(names & {"district_code", "district"})),
        )
        if not have
    ]
    if missing:
        raise Refusal(
            _("ไม่พบคอลัมน์ %(columns)s ในบรรทัดแรกของไฟล์") % {"columns": ", ".join(missing)}, code="file_columns"
        )
    return columns


def _cells(columns: Mapping[int, str], cells: list[str]) -> dict[str, str]:
    return {name: normalise(cells[index]) if index < len(cells) else "" for index, name in columns.items()}


def _take(
    result: RegistryFile,
    seen: dict[str, RegistryRow],
    line: int,
    cells: dict[str, str],
    repeats_expected: bool,
) -> None:
    row, problems, notes = read_row(line, cells)
    if row is None:
        result.problems += problems
        return
    first = seen.get(row.code)
    if first is None:
        seen[row.code] = row
        result.rows.append(row)
        result.notes += notes
    elif not row.same_office(first):
        text = _("รหัสซ้ำกับบรรทัด %(line)d แต่ข้อมูลต่างกัน ใช้ข้อมูลของบรรทัดแรก") % {"line": first.line}
        result.problems.append(RowProblem(line, CODE, row.code, text))
    elif not repeats_expected:
        text = _("รหัสซ้ำกับบรรทัด %(line)d") % {"line": first.line}
        result.problems.append(RowProblem(line, CODE, row.code, text))
    else:
        result.repeated += 1
        result.notes += first.fill_from(row)
