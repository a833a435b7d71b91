"""A sheet that the worker takes: how far it is, every row as it would be, import, mend, drop."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from jitasa.activities import rules
from jitasa.activities.selectors.choices import offer_for
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Conflict
from jitasa.sheets.choices import Fate, Stage
from jitasa.sheets.layout import columns
from jitasa.sheets.models import SheetImport
from jitasa.sheets.posted import as_text, rows_in
from jitasa.sheets.selectors.large import Counts, counts_of, fates_of, rows_of, visible_imports
from jitasa.sheets.services.large_import import KEPT_DAYS, asked_of, check_again, drop_import, take_import
from jitasa.sheets.views.sheet import asked_in, require_writer
from jitasa.sheets.views.shown import columns_to_show, lines_of
from jitasa.ui.reading import page_of

ROWS_SHOWN = 100


def _import(request: ViewerRequest, uuid: UUID) -> SheetImport:
    require_writer(request)
    return get_object_or_404(visible_imports(request.viewer), uuid=uuid)


@officers
@require_GET
def detail(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """How far the worker is; then every row as it would be, or as it became."""
    row = _import(request, uuid)
    context: dict[str, Any] = {"sheet": row, "kept_days": KEPT_DAYS}
    if not row.is_working:
        context |= _rows_shown(request, row, counts_of(row))
    return render(request, "sheets/large.html", context)


def _rows_shown(request: ViewerRequest, row: SheetImport, counts: Counts) -> dict[str, Any]:
    fate = request.GET.get("fate", "")
    if fate not in Fate.values:
        fate = Fate.WRONG if counts.wrong and fate != "all" else ""
    page = page_of(request, rows_of(row, fate), ROWS_SHOWN)
    fates = fates_of(page)
    shown = columns_to_show(columns(offer_for(None)), fates)
    office = own_office(request)
    return {
        "counts": counts,
        "fate": fate,
        "page": page,
        "columns": shown,
        "lines": lines_of(shown, fates),
        "rows": as_text([each.typed.row for each in fates]),
        "asked": asked_of(row),
        "asks_days": counts.asks_days or row.days,
        "asks_apart": counts.asks_apart or row.apart,
        "done": row.stage == Stage.DONE,
        "approval": rules.needs_approval(request.viewer, office),
    }


@officers
@require_GET
def progress(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """How far the worker is: a line that asks again until there is something to see."""
    row = _import(request, uuid)
    if not row.is_working:
        return HttpResponseClientRefresh()
    return render(request, "sheets/parts/progress.html", {"sheet": row})


@officers
@require_POST
def again(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Have the rows of the page looked at anew, as they were mended there."""
    row = _import(request, uuid)
    edited = rows_in(request.POST.get("rows", ""), columns(offer_for(None)))
    try:
        check_again(
            actor=request.viewer, sheet_import=row, edited=edited, asked=asked_in(request), now=timezone.now()
        )
    except Conflict as conflict:
        messages.error(request, conflict.message)
    return redirect("sheets:large", uuid)


@officers
@require_POST
def take(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Import the rows that are right. What is said otherwise than when they were checked has them checked first."""
    row = _import(request, uuid)
    asked, now = asked_in(request), timezone.now()
    try:
        if asked != asked_of(row) and row.stage != Stage.IMPORTING:
            check_again(actor=request.viewer, sheet_import=row, edited=(), asked=asked, now=now)
            messages.info(request, _("ตรวจทุกแถวใหม่ตามที่เลือก เสร็จแล้วจึงนำเข้า"))
        else:
            take_import(actor=request.viewer, sheet_import=row, now=now)
    except Conflict as conflict:
        messages.error(request, conflict.message)
    return redirect("sheets:large", uuid)


@officers
@require_POST
def drop(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Forget the rows."""
    row = _import(request, uuid)
    try:
        drop_import(actor=request.viewer, sheet_import=row, now=timezone.now())
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect("sheets:large", uuid)
    messages.success(request, _("ยกเลิกตารางนี้แล้ว รายการที่นำเข้าไปแล้วยังอยู่"))
    return redirect("sheets:start")
