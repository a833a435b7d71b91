"""The board of one important day: by province, district, LAO; the same as a workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jitasa.compilation.outputs.workbooks import sheet
from jitasa.compilation.selectors import occasion_board as selector
from jitasa.compilation.selectors.columns import CODE, NAME, STATE, TableColumn
from jitasa.compilation.selectors.occasion_board import DID, NOTHING, PLANNED, OccasionBoard, OccasionRow
from jitasa.compilation.views.answers import attachment
from jitasa.compilation.views.links import LIVE
from jitasa.documents.xlsx import workbook
from jitasa.occasions.models import Occasion
from jitasa.occasions.rules import may_plan, window_of
from jitasa.occasions.selectors import rows_of
from jitasa.organizations.choices import Level
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import officers, own_office, visible_office
from jitasa.thai.dates import long_date, today
from jitasa.thai.text import sort_key
from jitasa.ui.reading import page_of

PAGE = 100
WORDS: dict[str, tuple[str, Promise]] = {
    DID: ("ok", _("จัดแล้ว")),
    PLANNED: ("warn", _("วางแผน")),
    NOTHING: ("idle", _("ยังไม่มี")),
}
SORTS: dict[str, Callable[[OccasionRow], Any]] = {
    "code": lambda row: (row.office_id == 0, row.code),
    "name": lambda row: sort_key(row.label),
    "did": lambda row: (row.figures.did_percent, row.code),
    "planned": lambda row: (row.figures.planned, row.code),
    "nothing": lambda row: (row.figures.nothing, row.code),
    "people": lambda row: (row.figures.people, row.code),
}


@dataclass(frozen=True)
class OccasionQuery:
    """What the address asks; nonsense asks nothing."""

    show: str
    sort: str
    per_lao: bool

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "OccasionQuery":
        show, sort = query.get("show", ""), query.get("sort", "")
        return cls(
            show=show if show in WORDS else "",
            sort=sort if sort.removeprefix("-") in SORTS else "code",
            per_lao=query.get("rows") == "laos" or show in WORDS,
        )


@officers
@require_GET
def page(request: ViewerRequest, occasion_id: int, pk: int | None = None) -> HttpResponse:
    """``pk``: the office, the viewer's own without it."""
    board, asked = _board(request, occasion_id, pk)
    now = today(timezone.now())
    first, last = window_of(board.occasion)
    shown = page_of(request, _arranged(board, asked), PAGE)
    context = {
        "board": board,
        "occasion": board.occasion,
        "office": board.office,
        "total": board.total,
        "asked": asked,
        "chips": _chips(board, asked),
        "page": shown,
        "lines": [_line(board, row) for row in shown],
        "tones": WORDS,
        "first": first,
        "last": last,
        "over": last < now,
        "versions": _versions(board),
        "may_plan": may_plan(request.viewer) and now <= last and board.occasion.retired_at is None,
        "ahead": now < board.occasion.date,
        "is_own": request.viewer.office_id == board.office.pk,
        "levels": board.office.level in (Level.DEPARTMENT, Level.PROVINCE),
    }
    return render(request, "compilation/occasion_board.html", context)


def _board(request: ViewerRequest, occasion_id: int, pk: int | None) -> tuple[OccasionBoard, OccasionQuery]:
    """:raises Http404: a day of another province, or an office the viewer may not see or it is not for."""
    days = Occasion.objects.visible_to(request.viewer).select_related("organization")
    asked_for = get_object_or_404(days, pk=occasion_id)
    versions = list(rows_of(asked_for).select_related("organization"))
    occasion = next((row for row in reversed(versions) if row.retired_at is None), asked_for)
    office = own_office(request) if pk is None else visible_office(request, pk)
    asked = OccasionQuery.read(request.GET)
    return (
        selector.board(occasion, versions, _ground(occasion, office, pk), per_lao=asked.per_lao),
        asked,
    )


def _ground(occasion: Occasion, office: Organization, pk: int | None) -> Organization:
    """A province's or district's own day is asked of its own offices only; from above, of that area."""
    keeper = occasion.organization
    if keeper is None or _lies_within(office, keeper):
        return office
    if pk is None and (office.level == Level.DEPARTMENT or office.pk == keeper.reports_to_id):
        return keeper
    raise Http404


def _lies_within(office: Organization, keeper: Organization) -> bool:
    if keeper.level == Level.DISTRICT:
        return office.district_code == keeper.district_code
    return office.province_code == keeper.province_code


def _arranged(board: OccasionBoard, asked: OccasionQuery) -> list[OccasionRow]:
    kept = [
        row for row in board.rows if not asked.show or (row.lao is not None and row.lao.state == asked.show)
    ]
    return sorted(kept, key=SORTS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))


def _chips(board: OccasionBoard, asked: OccasionQuery) -> list[dict[str, Any]]:
    """Every chip counts LAOs, whatever the rows are."""
    counts = {"": board.total.offices, **{name: getattr(board.total, name) for name in WORDS}}
    labels = {"": _("ทั้งหมด"), **{name: words for name, (_tone, words) in WORDS.items()}}
    return [
        {"name": name or None, "label": labels[name], "count": count, "on": name == asked.show}
        for name, count in counts.items()
    ]


def records_of(occasion_id: int, office_id: int) -> str:
    """The sent records behind a number."""
    asked = {"organization": office_id, "status": LIVE, "occasion": occasion_id}
    return f"{reverse('activities:list')}?{urlencode(asked)}"


def _line(board: OccasionBoard, row: OccasionRow) -> dict[str, Any]:
    """One row with the addresses of its numbers: an LAO's lead to its records, others one level down."""
    line: dict[str, Any] = {"row": row, "url": "", "records": "", "tone": "", "state": "", "begun": 0}
    if row.office_id:
        line["url"] = reverse("compilation:occasion_board_of", args=[board.occasion.pk, row.office_id])
    if row.lao is not None:
        line["tone"], line["state"] = WORDS[row.lao.state]
        line["begun"] = row.lao.sum("begun")
        linked = [pk for pk, numbers in row.lao.by_row.items() if numbers.live]
        line["records"] = records_of(linked[0], row.office_id) if len(linked) == 1 else ""
    return line


def _versions(board: OccasionBoard) -> list[dict[str, Any]]:
    """The day's earlier names and dates, when activities could have been linked to them."""
    if len(board.versions) < 2:
        return []
    return [
        {"row": row, "count": count, "url": records_of(row.pk, board.office.pk), "now": row == board.occasion}
        for row, count in board.versions
    ]


COUNTS = (
    TableColumn("activities", "กิจกรรม (รายการ)", "integer"),
    TableColumn("events", "กิจกรรม (ครั้ง)", "integer"),
    TableColumn("people", "ผู้เข้าร่วม (คน)", "integer"),
)
OFFICES = (
    TableColumn("offices", "อปท. (แห่ง)", "integer"),
    TableColumn("did", "จัดแล้ว (แห่ง)", "integer"),
    TableColumn("planned", "วางแผนหรือยังไม่ส่ง (แห่ง)", "integer"),
    TableColumn("nothing", "ยังไม่มี (แห่ง)", "integer"),
)
BEGUN = TableColumn("begun", "ร่าง รออนุมัติ หรือส่งกลับ (รายการ)", "integer")
STATES = {DID: "จัดแล้ว", PLANNED: "วางแผนหรือยังไม่ส่ง", NOTHING: "ยังไม่มี"}  # documents are Thai


@officers
@require_GET
def xlsx(request: ViewerRequest, occasion_id: int, pk: int) -> HttpResponse:
    """All rows the page's filter keeps, and below a province or the country the sums by child office."""
    board, asked = _board(request, occasion_id, pk)
    title = f"{board.occasion.name} {long_date(board.occasion.date)} · {board.office.name}"
    sheets = []
    if board.office.level in (Level.DEPARTMENT, Level.PROVINCE) and not asked.per_lao:
        lines = [[row.code, row.label, *_cells(row, (*OFFICES, *COUNTS))] for row in _arranged(board, asked)]
        sheets.append(sheet("สรุป", (CODE, NAME, *OFFICES, *COUNTS), lines, title=title, summed=True))
    laos = [
        [
            lao.code,
            lao.label,
            STATES[lao.state],
            lao.sum("begun"),
            lao.sum("live"),
            lao.sum("events"),
            lao.sum("people"),
        ]
        for lao in board.laos
        if not asked.show or lao.state == asked.show
    ]
    sheets.append(sheet("ราย อปท.", (CODE, NAME, STATE, BEGUN, *COUNTS), laos, title=title, summed=True))
    return attachment(workbook(sheets), f"occasion-{board.occasion.date:%Y%m%d}-{board.office.code}.xlsx")


def _cells(row: OccasionRow, columns: tuple[TableColumn, ...]) -> list[int]:
    return [getattr(row.figures, column.key) for column in columns]
