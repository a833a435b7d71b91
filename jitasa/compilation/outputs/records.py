"""The records of a month, from the revisions that count, as CSV, JSON or a workbook.

Everything is streamed: memory does not grow with the number of records.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import translation
from pydantic_core import from_json

from jitasa.activities.choices import Status
from jitasa.activities.models import ActivityRevision
from jitasa.compilation.models import Compilation
from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, Writable, write_workbook
from jitasa.rounds.models import Measure, ParticipantGroup
from jitasa.thai.dates import month_slug, parse_month

CHUNK = 500


class Source(NamedTuple):
    """One record: the snapshot that counts, with what is not part of its content."""

    data: dict[str, Any]
    revision: int
    status: str
    counts_upwards: bool


def of_compilation(compilation: Compilation) -> Iterator[Source]:
    """The records as they were compiled, by office and number."""
    rows = (
        compilation.records.order_by("revision__activity__organization_code", "revision_id")
        .annotate(text=Cast("revision__data", TextField()))
        .values_list("text", "revision__number", "status", "counts_upwards")
        .iterator(chunk_size=CHUNK)
    )
    for text, number, status, upwards in rows:
        yield Source(from_json(text), number, status, upwards)


def counted(
    sources: Iterable[Source], compilation: Compilation, told: Callable[[int, int], None]
) -> Iterator[Source]:
    """The same; after each batch it is said how many have been read, of how many."""
    for done, source in enumerate(sources):
        if done % CHUNK == 0:
            told(done, compilation.activities)
        yield source


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


# Title, kind of cell, and where the value stands: "values" for programs, "words" for people.
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
_WORDS = ("kind", "sub_kind", "basis", "part", "groups", "measures", "budget_source", "publicity")
_VALUES = (
    "name", "men", "women", "start_date", "start_time", "end_date", "end_time", "place", "moo", "tambon_code",
    "latitude", "longitude", "chair_position", "result", "publicity_link", "problems", "suggestions",
)  # fmt: skip


@cache
def _status_words(status: str) -> str:
    """In Thai, as documents are, whatever language the one who asks reads."""
    with translation.override("th"):
        return str(Status(status).label)


@cache
def _month_words(month: str) -> str:
    return month_slug(date.fromisoformat(month))


# What stands in a snapshot by its name, and what is told of it beside that; then the columns in their order.
_TOLD = (
    "uuid", "number", "status", "revision", "month", "organization_code", "organization_name", "occasion", "host",
    "counted_events", "participants", "counted_people", "tambon", "budget_amount", "photos",
)  # fmt: skip
_of_words, _of_values = itemgetter(*_WORDS), itemgetter(*_VALUES)
_KEYS = tuple(key for key, _title, _kind in FIELDS)
_in_order = itemgetter(*((*_TOLD, *_WORDS, *_VALUES).index(key) for key in _KEYS))


def cells_of(source: Source) -> tuple[Any, ...]:
    """One record as the cells of ``FIELDS``, in their order."""
    data, revision, status, upwards = source
    values, words, office, participants = (
        data["values"],
        data["words"],
        data["organization"],
        data["participants"],
    )
    told = (
        data["uuid"], data["number"], _status_words(status), revision, _month_words(data["month"]),
        office["code"], office["name"], words["occasion_id"], words["host_organization_id"] or words["host_name"],
        int(upwards), participants, participants if upwards else 0,
        words["tambon_code"], values["budget_amount"], len(values["photos"]),
    )  # fmt: skip
    found: tuple[Any, ...] = _in_order(told + _of_words(words) + _of_values(values))
    return found


def flat(source: Source) -> dict[str, Any]:
    """One record as a flat row; the keys are those of ``FIELDS``."""
    return dict(zip(_KEYS, cells_of(source), strict=True))


def csv_chunks(sources: Iterable[Source]) -> Iterator[bytes]:
    """CSV with a byte order mark, so that Excel reads the Thai; header in Thai.

    A cell that a spreadsheet could take for a formula gets an apostrophe before it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([title for _key, title, _kind in FIELDS])
    rows = map(cells_of, sources)
    while batch := list(islice(rows, CHUNK)):
        writer.writerows(map(_harmless_row, batch))
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _harmless_row(row: tuple[Any, ...]) -> Iterable[Any]:
    """The row itself, unless a text in it begins like a formula: one look for all of its cells."""
    texts = "\n".join(["", *(cell for cell in row if cell.__class__ is str)])
    return map(harmless, row) if _FORMULA.search(texts) else row


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


_FORMULA = re.compile(r"\n[=+\-@\t\r]")


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
    "month": (CellKind.MONTH, parse_month),
    "start_date": (CellKind.DATE, date.fromisoformat),
    "end_date": (CellKind.DATE, date.fromisoformat),
    "start_time": (CellKind.TIME, time.fromisoformat),
    "end_time": (CellKind.TIME, time.fromisoformat),
}
SPLIT = ("groups", "measures")


def headings() -> dict[str, dict[str, str]]:
    """Columns of the workbook that follow the lists: code → heading."""
    return {"groups": _group_words(), "measures": _measure_words()}


def workbook_of(sources: Iterable[Source]) -> bytes:
    """The workbook in memory, for the command line."""
    out = io.BytesIO()
    write_workbook_of(out, sources)
    return out.getvalue()


def write_workbook_of(out: Writable, sources: Iterable[Source]) -> None:
    """The same rows as a workbook: days and hours as such, one column for each participant group and each measure."""
    words = headings()
    columns: list[SheetColumn] = []
    for key, title, kind in FIELDS:
        if key in SPLIT:
            number = CellKind.INTEGER if key == "groups" else CellKind.DECIMAL
            columns += [SheetColumn(word, number) for word in words[key].values()]
        else:
            columns.append(SheetColumn(title, TIMES[key][0] if key in TIMES else kind))
    rows = (_cells(source, words) for source in sources)
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


def _cells(source: Source, words: dict[str, dict[str, str]]) -> list[Any]:
    values = source.data["values"]
    cells: list[Any] = []
    for (key, _title, kind), value in zip(FIELDS, cells_of(source), strict=True):
        if key in SPLIT:
            held = values.get(key) or {}
            cells += [_number(held.get(code)) for code in words[key]] if held else [None] * len(words[key])
        elif key in TIMES:
            cells.append(TIMES[key][1](value) if value else None)
        else:
            cells.append(_number(value) if kind == CellKind.MONEY else value)
    return cells


def _number(value: Any) -> float | None:
    return float(value) if value not in (None, "") else None
