"""The records of a month, from the revisions that count, as CSV, JSON or a workbook.

Everything is streamed: memory does not grow with the number of records.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Case, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.utils import translation
from pydantic_core import from_json

from jitasa.activities.choices import Status
from jitasa.activities.models import ActivityRevision
from jitasa.activities.report_line import (
    CELL,
    KEYS,
    PART,
    cells_of,
    cells_text,
    codes_of,
    filled,
    line_of,
)
from jitasa.compilation.models import Compilation, CompiledRecord
from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, Writable, write_workbook
from jitasa.rounds.models import Measure, ParticipantGroup
from jitasa.thai.dates import parse_month

CHUNK = 500


class Source(NamedTuple):
    """One record: the snapshot that counts, with what is not part of its content."""

    data: dict[str, Any]
    revision: int
    status: str
    counts_upwards: bool


class Line(NamedTuple):
    """The same with the line kept for the files in place of the snapshot (``activities.report_line``)."""

    text: str
    revision: int
    status: str
    counts_upwards: bool


Row = TypeVar("Row", Source, Line)


def of_compilation(compilation: Compilation) -> Iterator[Source]:
    """The records as they were compiled, by office and number."""
    rows = _compiled(compilation).annotate(text=Cast("revision__data", TextField()))
    for text, *rest in rows.values_list("text", *_BESIDE).iterator(chunk_size=CHUNK):
        yield Source(from_json(text), *rest)


def lines_of_compilation(compilation: Compilation) -> Iterator[Line]:
    """The same as lines: those kept, and for records of before those lines new ones from their snapshots."""
    without = When(revision__line=None, then=Cast("revision__data", TextField()))
    rows = _compiled(compilation).annotate(text=Case(without))
    for line, text, *rest in rows.values_list("revision__line", "text", *_BESIDE).iterator(chunk_size=CHUNK):
        yield Line(line_of(from_json(text)) if line is None else line, *rest)


_BESIDE = ("revision__number", "status", "counts_upwards")


def _compiled(compilation: Compilation) -> QuerySet[CompiledRecord]:
    return compilation.records.order_by("revision__activity__organization_code", "revision_id")


def counted(rows: Iterable[Row], compilation: Compilation, told: Callable[[int, int], None]) -> Iterator[Row]:
    """The same; after each batch it is said how many have been read, of how many."""
    for done, row in enumerate(rows):
        if done % CHUNK == 0:
            told(done, compilation.activities)
        yield row


def of_month(scope: ReportScope) -> Iterator[Source]:
    """The live records of a month as they stand, of the offices that stood below then."""
    found = run(sql.live_revisions(whole_country=scope.whole_country), scope.parameters())
    for start in range(0, len(found), CHUNK):
        part = found[start : start + CHUNK]
        wanted = [row[0] for row in part]
        rows = ActivityRevision.objects.filter(pk__in=wanted).values_list("pk", "data", "number")
        found_rows = {pk: (data, number) for pk, data, number in rows}
        for pk, status, upwards in part:
            data, number = found_rows[pk]
            yield Source(data, number, status, bool(upwards))


def lines_of(sources: Iterable[Source]) -> Iterator[Line]:
    """Lines of records whose snapshots are in hand."""
    return (Line(line_of(each.data), each.revision, each.status, each.counts_upwards) for each in sources)


# Each column's key, its title and the kind of its cells, in the order of ``KEYS``.
FIELDS: tuple[tuple[str, str, CellKind], ...] = (
    ("uuid", "uuid", CellKind.TEXT),
    ("number", "เลขที่รายงาน", CellKind.TEXT),
    ("status", "สถานะ", CellKind.TEXT),
    ("revision", "ฉบับที่", CellKind.INTEGER),
    ("month", "เดือน", CellKind.TEXT),
    ("organization_code", "รหัสหน่วยงาน", CellKind.TEXT),
    ("organization_name", "หน่วยงาน", CellKind.TEXT),
    ("name", "ชื่อกิจกรรม", CellKind.LONG),
    ("kind", "ประเภท", CellKind.TEXT),
    ("sub_kind", "ลักษณะงาน", CellKind.TEXT),
    ("basis", "เนื่องในโอกาส", CellKind.TEXT),
    ("occasion", "วันสำคัญ", CellKind.TEXT),
    ("part", "บทบาท", CellKind.TEXT),
    ("host", "หน่วยงานเจ้าภาพ", CellKind.TEXT),
    ("counted_events", "นับเป็นกิจกรรม (ครั้ง)", CellKind.INTEGER),
    ("participants", "ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)", CellKind.INTEGER),
    ("counted_people", "นับเป็นผู้เข้าร่วม (คน)", CellKind.INTEGER),
    ("men", "ชาย ก่อนตัดรายการซ้ำ (คน)", CellKind.INTEGER),
    ("women", "หญิง ก่อนตัดรายการซ้ำ (คน)", CellKind.INTEGER),
    ("groups", "ผู้เข้าร่วมตามกลุ่ม", CellKind.LONG),
    ("start_date", "วันที่เริ่ม", CellKind.TEXT),
    ("start_time", "เวลาเริ่ม", CellKind.TEXT),
    ("end_date", "วันที่สิ้นสุด", CellKind.TEXT),
    ("end_time", "เวลาสิ้นสุด", CellKind.TEXT),
    ("place", "สถานที่", CellKind.TEXT),
    ("moo", "หมู่ที่", CellKind.INTEGER),
    ("tambon_code", "รหัสตำบล", CellKind.TEXT),
    ("tambon", "ตำบล", CellKind.TEXT),
    ("latitude", "ละติจูด", CellKind.DEGREES),
    ("longitude", "ลองจิจูด", CellKind.DEGREES),
    ("chair_position", "ตำแหน่งของประธานในพิธี", CellKind.TEXT),
    ("measures", "ปริมาณงาน", CellKind.LONG),
    ("result", "ผลการดำเนินงาน", CellKind.LONG),
    ("budget_source", "งบประมาณ", CellKind.TEXT),
    ("budget_amount", "จำนวนเงิน (บาท)", CellKind.MONEY),
    ("publicity", "ช่องทางประชาสัมพันธ์", CellKind.TEXT),
    ("publicity_link", "ลิงก์เผยแพร่", CellKind.TEXT),
    ("photos", "ภาพ", CellKind.INTEGER),
    ("problems", "ปัญหาอุปสรรค", CellKind.LONG),
    ("suggestions", "ข้อเสนอแนะ", CellKind.LONG),
)


@cache
def _status_words(status: str) -> str:
    """In Thai, as documents are, whatever language the one who asks reads."""
    with translation.override("th"):
        return str(Status(status).label)


def flat(source: Source) -> dict[str, Any]:
    """One record as a flat row; the keys are those of ``FIELDS``."""
    cells = filled(
        cells_of(source.data),
        status=_status_words(source.status),
        revision=source.revision,
        counts_upwards=source.counts_upwards,
    )
    return dict(zip(KEYS, cells, strict=True))


def _texts(line: Line) -> str:
    """The cells of a line as texts, with ``CELL`` between them."""
    text, revision, status, upwards = line
    return cells_text(text, status=_status_words(status), revision=revision, counts_upwards=upwards)


def csv_chunks(lines: Iterable[Line]) -> Iterator[bytes]:
    """CSV with a byte order mark, so that Excel reads the Thai; header in Thai, every cell in quotes.

    A text that a spreadsheet could take for a formula gets an apostrophe before it.
    """
    titles = CELL.join(title for _key, title, _kind in FIELDS)
    yield b"\xef\xbb\xbf" + _csv([titles])
    texts = map(_texts, lines)
    while batch := list(islice(texts, CHUNK)):
        yield _csv(batch)


def _csv(rows: list[str]) -> bytes:
    """Rows of cells with ``CELL`` between them, as lines of CSV; looked at and quoted all at once."""
    text = PART.join(rows)
    if _FORMULA.search(text):
        text = PART.join(map(_harmless_row, rows))
    text = text.replace('"', '""').replace(CELL, '","').replace(PART, '"\r\n"')
    return f'"{text}"\r\n'.encode()


def _harmless_row(row: str) -> str:
    """The same without formulas. Numbers are ours: one below zero stays a number."""
    return CELL.join(
        cell if kind in _NUMBERS else harmless(cell)
        for cell, (_key, _title, kind) in zip(row.split(CELL), FIELDS, strict=True)
    )


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


_FORMULA = re.compile(f"[{CELL}{PART}][=+\\-@\t\r]")
_NUMBERS = (CellKind.INTEGER, CellKind.DECIMAL, CellKind.DEGREES, CellKind.MONEY)


def json_chunks(sources: Iterable[Source], *, head: dict[str, Any]) -> Iterator[bytes]:
    """``{…head, "records": [{…flat row, "content": the whole snapshot}]}``, one record a line."""
    opening = json.dumps(head, cls=DjangoJSONEncoder, ensure_ascii=False)[:-1]
    yield f'{opening}{", " if head else ""}"records": [\n'.encode()
    separator = ""
    for source in sources:
        row = {**flat(source), "content": source.data}
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        yield f"{separator}{text}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def head_of(compilation: Compilation) -> dict[str, Any]:
    """What a program should know of the compilation a file was made from."""
    return {
        "month": compilation.tables["month"],
        "scope": compilation.tables["scope"],
        "number": compilation.number,
        "made_at": compilation.made_at,
        "content_hash": compilation.content_hash,
        "totals": compilation.tables["totals"],
    }


# Cells of the workbook that are not as in the other files: days are days, hours hours, and lists have a column a word.
TIMES: dict[str, tuple[CellKind, Callable[[str], date | time]]] = {
    "month": (CellKind.MONTH, lru_cache(parse_month)),
    "start_date": (CellKind.DATE, lru_cache(date.fromisoformat)),
    "end_date": (CellKind.DATE, lru_cache(date.fromisoformat)),
    "start_time": (CellKind.TIME, lru_cache(time.fromisoformat)),
    "end_time": (CellKind.TIME, lru_cache(time.fromisoformat)),
}
SPLIT = ("groups", "measures")


def headings() -> dict[str, dict[str, str]]:
    """Columns of the workbook that follow the lists: code → heading."""
    return {"groups": _group_words(), "measures": _measure_words()}


def workbook_of(lines: Iterable[Line]) -> bytes:
    """The workbook in memory, for the command line."""
    out = io.BytesIO()
    write_workbook_of(out, lines)
    return out.getvalue()


def write_workbook_of(out: Writable, lines: Iterable[Line]) -> None:
    """The same rows as a workbook: days and hours as such, one column for each participant group and each measure."""
    words = headings()
    codes = {key: tuple(each) for key, each in words.items()}
    columns: list[SheetColumn] = []
    for key, title, kind in FIELDS:
        if key in SPLIT:
            number = CellKind.INTEGER if key == "groups" else CellKind.DECIMAL
            columns += [SheetColumn(word, number) for word in words[key].values()]
        else:
            columns.append(SheetColumn(title, TIMES[key][0] if key in TIMES else kind))
    rows = (_cells(line, codes) for line in lines)
    write_workbook(out, [Sheet("กิจกรรม", columns, rows)])


def _group_words() -> dict[str, str]:
    """Code → heading of every participant group there ever was, those in use first, in the last words it had."""
    rows = ParticipantGroup.objects.order_by("position", "created_at", "id")
    words = {row.code: f"{row.label} (คน)" for row in rows.active()}
    return words | {row.code: f"{row.label} (คน)" for row in rows if row.code not in words}


def _measure_words() -> dict[str, str]:
    """The same of the measures, with their units."""
    rows = Measure.objects.order_by("position", "created_at", "id")
    words = {row.code: f"{row.label} ({row.unit})" for row in rows.active()}
    return words | {row.code: f"{row.label} ({row.unit})" for row in rows if row.code not in words}


def _cells(line: Line, columns: dict[str, tuple[str, ...]]) -> list[Any]:
    """The cells of the workbook: texts as they are, days and numbers as such, a column for each code."""
    held = dict(zip(SPLIT, codes_of(line.text), strict=True))
    cells: list[Any] = []
    for text, (key, read) in zip(_texts(line).split(CELL), _READ, strict=True):
        if key in SPLIT:
            cells += [_number(held[key].get(code)) for code in columns[key]]
        else:
            cells.append(read(text) if text else None)
    return cells


def _number(value: Any) -> float | None:
    return float(value) if value not in (None, "") else None


def _reads(key: str, kind: CellKind) -> Callable[[str], Any]:
    if key in TIMES:
        return TIMES[key][1]
    return int if kind == CellKind.INTEGER else float if kind in _NUMBERS else str


_READ = tuple((key, _reads(key, kind)) for key, _title, kind in FIELDS)
