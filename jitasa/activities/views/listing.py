"""The list of activities, on the screen and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.choices import TONES, Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.invitations import invited_count
from jitasa.activities.selectors.listing import RecordFilters, leads_of, sortable, with_names
from jitasa.activities.selectors.places import tambon_words
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, workbook
from jitasa.occasions.models import Occasion
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.rounds.selectors.lists import current_kinds
from jitasa.thai.dates import add_months, month_of, month_slug, today
from jitasa.ui.addresses import by_uuid
from jitasa.ui.days import short_date
from jitasa.ui.keyset import KeyPage, key_page
from jitasa.ui.numerals import shown

PAGE = 30
MONTHS_OFFERED = 15
MOST_ROWS = 100_000
COLUMNS = (
    SheetColumn("เลขที่รายงาน"),
    SheetColumn("หน่วยงาน"),
    SheetColumn("รหัสหน่วยงาน"),
    SheetColumn("กิจกรรม", CellKind.LONG),
    SheetColumn("ประเภท"),
    SheetColumn("วันที่เริ่ม", CellKind.DATE),
    SheetColumn("วันที่สิ้นสุด", CellKind.DATE),
    SheetColumn("สถานที่", CellKind.LONG),
    SheetColumn("ตำบล"),
    SheetColumn("ผู้เข้าร่วม", CellKind.INTEGER),
    SheetColumn("ชาย", CellKind.INTEGER),
    SheetColumn("หญิง", CellKind.INTEGER),
    SheetColumn("ภาพ", CellKind.INTEGER),
    SheetColumn("งบประมาณ (บาท)", CellKind.MONEY),
    SheetColumn("สถานะ"),
    SheetColumn("ส่งเมื่อ", CellKind.DATETIME),
)


@dataclass(frozen=True)
class Line:
    """A record as the list shows it; ``lead`` is its leading picture."""

    row: Activity
    title: str
    day: str
    url: str
    tone: str
    state: str
    lead: Photo | None


@login_required
@require_GET
def index(request: ViewerRequest) -> HttpResponse:
    filters = RecordFilters.read(request.GET.dict())
    rows, count, in_order = sortable(request.viewer, filters)
    page = key_page(request.GET.dict(), rows, PAGE, count=count, dress=with_names)
    context = {
        "filters": filters,
        "page": page,
        "in_order": in_order,
        "lines": _lines_of(page),
        "may_record": rules.may_record(request.viewer),
        "invited": invited_count(request.viewer) if not request.htmx else 0,  # type: ignore[attr-defined]  # as below
        "show_office": not request.viewer.is_lao,
        **_offered(request, filters, timezone.now()),
    }
    template = "activities/parts/list.html" if request.htmx else "activities/list.html"  # type: ignore[attr-defined]  # django-htmx adds it
    return render(request, template, context)


def _lines_of(page: KeyPage[Activity]) -> list[Line]:
    leads, at = leads_of(page), by_uuid("activities:detail")
    return [
        Line(
            row=row,
            title=str(row),
            day=shown(short_date(row.start_date)) if row.start_date else "–",
            url=at(row.uuid),
            tone=TONES[status],
            state=str(status.label),
            lead=leads.get(row.pk),
        )
        for row in page
        for status in [Status(row.status)]
    ]


def _offered(request: ViewerRequest, filters: RecordFilters, now: datetime) -> dict[str, Any]:
    """What the filters offer."""
    this_month = month_of(today(now))
    months = [add_months(this_month, -back) for back in range(MONTHS_OFFERED)]
    if filters.month and filters.month not in months:
        months.append(filters.month)
    office = None
    if filters.office:
        office = Organization.objects.visible_to(request.viewer).filter(pk=filters.office).first()
    occasions = Occasion.objects.active().for_office(request.viewer.organization)
    window = (add_months(this_month, -MONTHS_OFFERED), add_months(this_month, 1))
    return {
        "statuses": [(value, label) for value, label in Status.choices if _offers_status(request, value)],
        "months": [(month_slug(month), month) for month in months],
        "kinds": list(current_kinds()),
        "occasions": list(occasions.filter(date__range=window).order_by("-date")),
        "office": office,
    }


def _offers_status(request: ViewerRequest, value: str) -> bool:
    return request.viewer.is_lao or value not in (Status.DRAFT, Status.AWAITING)


@login_required
@require_GET
def xlsx(request: ViewerRequest) -> HttpResponse:
    """The same list as a workbook, all pages of it."""
    filters = RecordFilters.read(request.GET.dict())
    rows = sortable(request.viewer, filters)[0][:MOST_ROWS]
    with override("th"):  # documents are Thai for every reader
        book = workbook([Sheet(_("กิจกรรม"), COLUMNS, _lines(rows))])
    response = HttpResponse(
        book, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    name = f"activities-{month_slug(filters.month)}" if filters.month else "activities"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _lines(rows: QuerySet[Activity]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=2000):
        yield [
            row.number,
            row.organization_name,
            row.organization_code,
            row.name,
            str(row.kind or ""),
            row.start_date,
            row.end_date,
            row.place,
            tambon_words(row.tambon_code),
            row.participants,
            row.men,
            row.women,
            row.photo_count,
            row.budget_amount,
            row.get_status_display(),
            row.submitted_at,
        ]
