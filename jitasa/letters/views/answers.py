"""What the recipients answered: office by office, their tables put together, as a workbook, their files."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, workbook
from jitasa.files.reading import is_kept
from jitasa.files.sending import send
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Dispatch, Letter, StoredFile
from jitasa.letters.selectors import answers as selectors
from jitasa.letters.selectors.follow import line_to, node_of
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.store import path_of
from jitasa.letters.views.access import attachment, visible_letter
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors.geography import district, province
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden
from jitasa.thai.dates import today

ROWS = 50
NO_TYPE = "application/octet-stream"


def _followed(request: ViewerRequest, uuid: UUID) -> tuple[Letter, Organization]:
    """The letter and the branch asked for.

    :raises Http404: not the viewer's to see. :raises Forbidden: neither the sender nor above it.
    """
    letter = visible_letter(request, uuid)
    if not rules.may_follow(request.viewer, letter) or not letter.number:
        raise Forbidden(_("ดูคำตอบได้เฉพาะหน่วยงานที่ออกหนังสือและหน่วยงานระดับเหนือขึ้นไป"))
    if letter.answer_kind == AnswerKind.ACTIVITY:
        tick_activities(now=timezone.now(), chain_id=letter.chain_id)
    node = node_of(letter, request.GET.get("office", ""))
    if node is None:
        raise Http404
    return letter, node


@officers
@require_GET
def answers(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The list of offices with their answers, or the compiled table."""
    letter, node = _followed(request, uuid)
    day, show, text = today(timezone.now()), request.GET.get("show", ""), request.GET.get("q", "")
    compiled = letter.answer_kind == AnswerKind.TABLE and request.GET.get("view") == "table"
    counts = selectors.counts(letter, node, day)
    if compiled:
        pager = Paginator(selectors.filled(letter, node), ROWS)
    else:
        pager = Paginator(selectors.listed(letter, node, show=show, text=text, day=day), ROWS)
        if not text.strip():
            pager.count = counts.get(show, counts[""])  # known already: not counted again
    page = pager.get_page(request.GET.get("page"))
    rows = selectors.whole(page.object_list)
    chips = [(name, words, counts[name]) for name, (words, _q) in selectors.choices(letter, day).items()]
    context = {
        "letter": letter,
        "node": node,
        "line": line_to(letter, node),
        "page": page,
        "rows": rows,
        "chips": chips,
        "show": show,
        "q": text,
        "day": day,
        "compiled": compiled,
        "tab": "compiled" if compiled else "answers",
        "asks": letter.answer_kind != AnswerKind.NONE,
        **(_table(letter, node, rows) if compiled else {}),
    }
    return render(request, "letters/answers.html", context)


def _table(letter: Letter, node: Organization, rows: list[Dispatch]) -> dict[str, object]:
    sums = selectors.totals(letter, node)
    return {
        "columns": list(zip(letter.answer_columns, sums, strict=True)),
        "lines": [
            (row, first, list(zip(cells, sums, strict=True)))
            for row, first, cells in selectors.lines(rows, len(sums))
        ],
    }


@officers
@require_GET
def answers_xlsx(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Every office with its answer, and where a table was asked for all rows with their sums."""
    letter, node = _followed(request, uuid)
    rows = selectors.whole(selectors.listed(letter, node, show="", text="", day=today(timezone.now())))
    sheets = [_offices(letter, rows)]
    if letter.answer_kind == AnswerKind.TABLE:
        sheets.append(_compiled(letter, [row for row in rows if row.answered_at]))
    return attachment(workbook(sheets), f"answers-{letter.uuid}.xlsx")


def _offices(letter: Letter, rows: list[Dispatch]) -> Sheet:
    columns = [
        SheetColumn("จังหวัด", width=16), SheetColumn("อำเภอ", width=18), SheetColumn("รหัส", width=12), SheetColumn("หน่วยงาน"),
        SheetColumn("ตามหนังสือที่"), SheetColumn("ถึง", CellKind.DATETIME), SheetColumn("เปิด", CellKind.DATETIME),
        SheetColumn("ลงรับ", CellKind.DATETIME), SheetColumn("ตอบ", CellKind.DATETIME), SheetColumn("ข้อความ", CellKind.LONG), SheetColumn("ไฟล์"),
    ]  # fmt: skip
    lines = (
        [
            *_place(row), row.letter.number, row.delivered_at, row.opened_at, row.registered_at,
            row.answered_at, *_words(row),
        ]
        for row in rows
    )  # fmt: skip
    return Sheet(
        name="รายแห่ง", columns=columns, rows=lines, title=f"คำตอบหนังสือที่ {letter.number} {letter.subject}"
    )


@cache
def _area(code: str) -> str:
    """The name of a province or district; the geography is part of the installation and never changes."""
    place = province(code) if len(code) == 2 else district(code)
    return place.name_th if place else ""


def _place(row: Dispatch) -> list[str]:
    office = row.recipient
    return [_area(office.province_code), _area(office.district_code), office.code, office.name]


def _words(row: Dispatch) -> tuple[str, str]:
    answer = getattr(row, "answer", None)
    return (answer.text, answer.file_name) if answer else ("", "")


def _compiled(letter: Letter, rows: list[Dispatch]) -> Sheet:
    """The short tables under each other; a column of numbers holds numbers and closes with its sum."""
    width = len(letter.answer_columns)
    filled = [row for row in rows if row.answer.kind == AnswerKind.TABLE]
    sums = selectors.summed(width, (row.answer.rows for row in filled))
    columns = [SheetColumn("จังหวัด", width=16), SheetColumn("หน่วยงาน")]
    columns += [
        SheetColumn(title, CellKind.DECIMAL if total else CellKind.TEXT)
        for title, total in zip(letter.answer_columns, sums, strict=True)
    ]
    closing = ["รวม", "", *(total.amount if total else "" for total in sums)]
    return Sheet(
        name="ตารางรวม", columns=columns, rows=_cells(filled, sums), title=letter.subject, total=closing
    )


def _cells(rows: list[Dispatch], sums: list[selectors.Total | None]) -> Iterator[list[Any]]:
    for row, _first, cells in selectors.lines(rows, len(sums)):
        where, _district, _code, name = _place(row)
        numbers = (_cell(cell, total) for cell, total in zip(cells, sums, strict=True))
        yield [where, name, *numbers]


def _cell(cell: str, total: selectors.Total | None) -> Any:
    number = selectors.amount(cell) if total and not selectors.is_blank(cell) else None
    return cell if number is None else number


@officers
@require_safe
def answer_file(request: ViewerRequest, uuid: UUID, pk: int) -> HttpResponse:
    """The file an office answered with: to the sender, the office itself and the offices above either."""
    letter = visible_letter(request, uuid)
    follows = rules.may_follow(request.viewer, letter)
    found = selectors.answer_of(request.viewer, letter, pk, may_follow=follows)
    path = path_of(found.sha256) if found else None
    if found is None or path is None or not is_kept(path):
        raise Http404(_("ไม่มีไฟล์ของคำตอบนี้"))
    stored = StoredFile.objects.filter(organization=found.dispatch.recipient, sha256=found.sha256).first()
    media_type = stored.media_type if stored else NO_TYPE
    return send(request, path, media_type=media_type, name=found.file_name, etag=found.sha256)
