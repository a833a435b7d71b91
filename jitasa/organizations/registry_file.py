"""Read a registry file: the plain CSV (docs/domain.md §9) or the department's open data, with all its traps.

Pure: bytes in, clean rows and what is wrong with the others out. What the registry itself knows
(offices, codes in use) is the importing service's matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jitasa.organizations.registry_csv import CsvRecord, decode, records, unclosed
from jitasa.organizations.registry_row import CODE, RegistryRow, RowProblem, read_row
from jitasa.problems import Refusal
from jitasa.thai.text import normalise

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
# A true office, so that whoever leaves the example row in changes nothing; a blank point leaves what is known.
EXAMPLE = ("06810104", "อบต.", "อ่าวนาง", "81", "กระบี่", "8101", "เมืองกระบี่", "", "")
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


def template() -> bytes:
    """A file to fill in: the headings and one example row, with the mark by which Excel knows UTF-8."""
    lines = [",".join(cells) for cells in (PLAIN, EXAMPLE)]
    return ("\r\n".join([*lines, ""])).encode("utf-8-sig")


def read_registry_file(data: bytes) -> RegistryFile:
    """Read a whole file. :raises Refusal: if it is no such file at all, saying what to send instead."""
    found = records(decode(data))
    header = next(found, None)
    if header is None:
        raise Refusal(_("ไฟล์ว่าง ส่งไฟล์ CSV ที่มีหัวคอลัมน์และข้อมูล"), code="file_empty")
    if header.open or header.swallowed(len(PLAIN)):
        raise Refusal(unclosed(header.line, header.last), code="file_unreadable")
    columns = _columns(header.cells)
    result = RegistryFile()
    seen: dict[str, RegistryRow] = {}
    repeats_expected = "tambon" in columns.values()
    for record in found:
        if any(cell.strip() for cell in record.cells):
            result.lines += 1
            if _is_whole(result, record, len(header.cells)):
                _take(result, seen, record.line, _cells(columns, record.cells), repeats_expected)
    if not result.lines:
        raise Refusal(_("ไฟล์มีแต่หัวคอลัมน์ ไม่มีข้อมูล"), code="file_empty")
    return result


def _is_whole(result: RegistryFile, record: CsvRecord, columns: int) -> bool:
    """Whether a record is one row; what swallowed others is said and not taken, what is too long is said."""
    swallowed = record.swallowed(columns)
    if record.open or swallowed:
        result.problems.append(
            RowProblem(record.line, "", record.cells[0][:60], unclosed(record.line, record.last))
        )
        return False
    if any(cell.strip() for cell in record.cells[columns:]):
        words = _("บรรทัดนี้มี %(n)d ช่อง มากกว่าหัวคอลัมน์ซึ่งมี %(columns)d ช่อง ตรวจเครื่องหมายคั่นในข้อความ")
        text = words % {"n": len(record.cells), "columns": columns}
        result.notes.append(RowProblem(record.line, "", record.cells[columns][:60], text))
    return True


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
