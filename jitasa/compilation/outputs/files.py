"""The files of a compilation, each written to disk as it is made: whatever its size, memory stays flat."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder

from jitasa.compilation.choices import FileKind
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import letter, picture_zip, pictures, records, report, workbooks
from jitasa.documents.pdf import TEMPLATES
from jitasa.documents.xlsx import Writable
from jitasa.thai.dates import month_slug

Told = Callable[[int, int], None]  # so much is done, of so much
Maker = Callable[[Compilation, str, Writable, Told], None]
# Grows when the same compilation is written differently by a newer program: kept files of before are made anew.
FORM = 2
ENDINGS = {
    FileKind.REPORT: (".pdf", ""),
    FileKind.TABLES: (".xlsx", ""),
    FileKind.RECORDS_XLSX: (".xlsx", "records"),
    FileKind.RECORDS_CSV: (".csv", "records"),
    FileKind.RECORDS_JSON: (".json", "records"),
    FileKind.PICTURES: (".zip", "pictures"),
    FileKind.LAOS: (".pdf", ""),
}


def facts_of(compilation: Compilation, kind: str) -> str:
    """What the content depends on beside the compilation, which never changes: other facts, another file."""
    more: object = None
    if kind == FileKind.REPORT:
        more = [_templates(), letter.facts(compilation), pictures.facts(compilation)]
    elif kind == FileKind.LAOS:
        more = _templates()
    elif kind == FileKind.RECORDS_XLSX:
        more = records.headings()
    elif kind == FileKind.PICTURES:
        more = picture_zip.facts(compilation)
    text = json.dumps([FORM, kind, more], cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _templates() -> str:
    """The templates of documents as they are in this program."""
    digest = hashlib.sha256()
    for path in sorted(Path(TEMPLATES).rglob("*.typ")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make(compilation: Compilation, kind: str, part: str, out: Writable, told: Told) -> None:
    """Write one file, saying now and then how far it is."""
    _MAKERS[FileKind(kind)](compilation, part, out, told)


def _report(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    told(0, 2)
    cover = letter.page(compilation)
    told(1, 2)
    out.write(report.pdf(compilation, cover=cover))


def _laos(compilation: Compilation, part: str, out: Writable, told: Told) -> None:
    told(0, 1)
    document = report.laos_pdf(compilation, part)
    assert document is not None  # refused when it was asked for
    out.write(document)


def _tables(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    told(0, 1)
    workbooks.write_compilation_workbook(out, compilation)


def _records_csv(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    lines = records.counted(records.lines_of_compilation(compilation), compilation, told)
    _all_of(records.csv_chunks(lines), out)


def _records_json(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    rows = records.counted(records.of_compilation(compilation), compilation, told)
    _all_of(records.json_chunks(rows, head=records.head_of(compilation)), out)


def _records_xlsx(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    lines = records.counted(records.lines_of_compilation(compilation), compilation, told)
    records.write_workbook_of(out, lines)


def _pictures(compilation: Compilation, _part: str, out: Writable, told: Told) -> None:
    picture_zip.write(out, compilation, told)


def _all_of(pieces: Iterable[bytes], out: Writable) -> None:
    for piece in pieces:
        out.write(piece)


_MAKERS: dict[FileKind, Maker] = {
    FileKind.REPORT: _report,
    FileKind.TABLES: _tables,
    FileKind.RECORDS_XLSX: _records_xlsx,
    FileKind.RECORDS_CSV: _records_csv,
    FileKind.RECORDS_JSON: _records_json,
    FileKind.PICTURES: _pictures,
    FileKind.LAOS: _laos,
}


def name_of(compilation: Compilation, ending: str, word: str = "") -> str:
    """``jitasa-2569-11-81-1.pdf``: month, scope, number."""
    office = compilation.organization.code
    middle = f"-{word}" if word else ""
    return f"jitasa-{month_slug(compilation.month)}-{office}-{compilation.number}{middle}{ending}"
