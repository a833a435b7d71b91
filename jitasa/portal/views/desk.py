"""The officers' desk: requests about pictures, one request, its register as a workbook."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jitasa.documents.xlsx import Sheet, workbook
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers
from jitasa.portal import rules
from jitasa.portal.forms import AnswerForm
from jitasa.portal.models import TakedownRequest
from jitasa.portal.selectors import takedown as selectors
from jitasa.portal.services import answer_takedown
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import be_year, today
from jitasa.ui.reading import page_of, whole_number

ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _year(request: ViewerRequest) -> int | None:
    """The B.E. year asked for; ``None`` when every year is."""
    return whole_number(request.GET.get("year", ""), least=1000, most=9999)


@officers
@require_safe
def requests(request: ViewerRequest) -> HttpResponse:
    """Requests in scope: those that wait (``show=waiting``, the default) or the register of a year."""
    waiting = request.GET.get("show", "waiting") != "all"
    year = None if waiting else _year(request)
    rows = selectors.requests_for(request.viewer, year=year, waiting=waiting)
    page = page_of(request, rows.select_related("organization", "activity", "photo"), ROWS)
    context = {
        "page": page,
        "waiting": waiting,
        "year": year,
        "years": selectors.years_of(request.viewer, be_year(today(timezone.now()))),
        "late_before": timezone.now() - rules.ANSWER_WITHIN,
        "answer_within": rules.ANSWER_WITHIN.days,
    }
    return render(request, "portal/desk_requests.html", context)


@officers
@require_safe
def requests_xlsx(request: ViewerRequest) -> HttpResponse:
    """The register of a year (all years without ``year``), in Thai for every reader."""
    year = _year(request)
    rows = selectors.requests_for(request.viewer, year=year)
    with translation.override("th"):
        title = f"ทะเบียนคำขอเรื่องภาพ {request.viewer.office_name}" + (f" พ.ศ. {year}" if year else "")
        sheet = Sheet("ทะเบียนคำขอ", selectors.COLUMNS, selectors.register_lines(rows), title)
        content = workbook([sheet])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="picture-requests-{year or "all"}.xlsx"'
    return response


def _visible(request: ViewerRequest, pk: int) -> TakedownRequest:
    """:raises Http404: there is none, or it concerns an office outside the viewer's scope."""
    rows = TakedownRequest.objects.visible_to(request.viewer).select_related(
        "organization", "activity__organization", "photo", "answered_for", "answered_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if found.answered_at:
        show_posts([(found.answered_by, found.answered_at)], with_office=False, of=found.answered_for_id)
    return found


@officers
@require_safe
def one(request: ViewerRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), None)


def _page(
    request: ViewerRequest, row: TakedownRequest, form: AnswerForm | None, status: int = 200
) -> HttpResponse:
    marked = ";".join(",".join(f"{part:.4f}" for part in area) for area in row.areas)
    context = {
        "row": row,
        "copies": str(row.photo.copies),
        "form": form or AnswerForm(initial={"areas": marked}),
        "marked": [[round(part * 1000) for part in area] for area in row.areas],
        "may_answer": row.is_open and rules.may_answer(request.viewer, row),
        "may_restore": rules.may_restore(request.viewer, row),
        "look_alikes": selectors.look_alikes(row),
        "erased_after": rules.ERASED_AFTER.days,
    }
    return render(request, "portal/desk_request.html", context, status=status)


@officers
@require_POST
def act(request: ViewerRequest, pk: int) -> HttpResponse:
    """``act`` is remove, blur, refuse or restore."""
    row = _visible(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, 400)
    try:
        _do(form, request.viewer, row, timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        for name, texts in (refusal.fields or {"": [refusal.message]}).items():
            for text in texts:
                form.add_error("cells" if name == "areas" else name or None, text)
        return _page(request, _visible(request, pk), form, refusal.status)
    messages.success(request, DONE[form.cleaned_data["act"]]())
    return redirect("portal_desk:request", pk)


DONE: dict[str, Callable[[], str]] = {
    "remove": lambda: _("นำภาพลงแล้ว ไม่มีใครเปิดดูได้จากเว็บไซต์อีก"),
    "blur": lambda: _("เบลอแล้ว ภาพหายจากเว็บไซต์ทันที และจะกลับมาแบบเบลอในไม่กี่วินาที"),
    "refuse": lambda: _("บันทึกคำตอบแล้ว ภาพยังแสดงอยู่"),
    "restore": lambda: _("นำภาพกลับมาแสดงแล้ว"),
}


def _do(form: AnswerForm, actor: Viewer, row: TakedownRequest, now: datetime) -> None:
    reason = form.cleaned_data["reason"]
    match form.cleaned_data["act"]:
        case "remove":
            answer_takedown.remove_picture(actor=actor, request=row, reason=reason, now=now)
        case "blur":
            answer_takedown.blur_picture(
                actor=actor, request=row, areas=form.marked(), reason=reason, now=now
            )
        case "refuse":
            answer_takedown.refuse(actor=actor, request=row, reason=reason, now=now)
        case "restore":
            answer_takedown.restore(actor=actor, request=row, reason=reason, now=now)
