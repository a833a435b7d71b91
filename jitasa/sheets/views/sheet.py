"""The office's sheet: get it, send it in, see every row as it would be, take the right ones."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.activities import rules
from jitasa.activities.selectors.choices import offer_for
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.sheets import batches
from jitasa.sheets.choices import Fate
from jitasa.sheets.forms import AskedForm, SheetForm
from jitasa.sheets.layout import Column, columns
from jitasa.sheets.posted import as_text, photos_as_text, photos_in, rows_in
from jitasa.sheets.reading import SheetText, read_pasted, read_workbook
from jitasa.sheets.selectors.large import imports_of
from jitasa.sheets.selectors.sheet import events_of_month, options_for, records_of_month
from jitasa.sheets.services.import_rows import ImportAnswers, RowFate, check_rows, import_rows
from jitasa.sheets.services.large_import import begin_import
from jitasa.sheets.views.shown import columns_to_show, lines_of
from jitasa.sheets.writing import sheet_of_month
from jitasa.sheets.zips import ZipPictures, take_pictures
from jitasa.thai.dates import add_months, month_of, month_slug, today
from jitasa.ui.reading import month_or_none

MONTHS_OFFERED = 12
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def require_writer(request: ViewerRequest) -> None:
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))


@officers
@require_GET
def start(request: ViewerRequest) -> HttpResponse:
    """Get the sheet of a month; send it in, or paste rows."""
    require_writer(request)
    return _start(request, SheetForm())


def _start(request: ViewerRequest, form: SheetForm, status: int = 200) -> HttpResponse:
    this_month = month_of(today(timezone.now()))
    months = [add_months(this_month, -back) for back in range(MONTHS_OFFERED)]
    context = {
        "form": form,
        "months": [(month_slug(month), month) for month in months],
        "imports": imports_of(request.viewer),
    }
    return render(request, "sheets/start.html", context, status=status)


@officers
@require_GET
def workbook(request: ViewerRequest) -> HttpResponse:
    """The sheet of a month: what the office has recorded, and rows to fill in."""
    require_writer(request)
    asked = request.GET.get("month", "")
    month = month_or_none(asked) if asked else month_of(today(timezone.now()))
    if month is None:
        raise Http404
    office, offer = own_office(request), offer_for(None)
    book = sheet_of_month(
        office=office.name,
        month=month,
        columns=columns(offer),
        options=options_for(office, offer, month),
        records=[*records_of_month(request.viewer, month), *events_of_month(office, month)],
    )
    name = f"activities-{office.code}-{month_slug(month)}.xlsx"
    return HttpResponse(
        book, content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@officers
@require_POST
def check(request: ViewerRequest) -> HttpResponse:
    """Show every row as it would be. Nothing is kept but the pictures that came along."""
    require_writer(request)
    offer = offer_for(None)
    found = columns(offer)
    if "rows" in request.POST:
        asked = asked_in(request)
        rows, photos = rows_in(request.POST["rows"], found), photos_in(request.POST.get("photos", ""))
        sheet, pictures = SheetText(rows), ZipPictures(photos)
    else:
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return _start(request, form, status=422)
        asked = ImportAnswers(send=form.cleaned_data["send"])
        try:
            sheet = _read(form, found)
            pictures = _pictures(request, form)
            if len(sheet.rows) > batches.AT_ONCE:
                return _begun(request, form, sheet, pictures, asked)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return _start(request, form, status=422)
    fates = check_rows(
        actor=request.viewer, rows=sheet.rows, photos=pictures.shas, offer=offer, asked=asked, now=timezone.now()
    )  # fmt: skip
    return _shown(request, found, fates, asked, pictures, unknown=sheet.unknown)


def _read(form: SheetForm, found: Sequence[Column]) -> SheetText:
    file = form.cleaned_data["file"]
    return read_workbook(file.read(), found) if file else read_pasted(form.cleaned_data["pasted"], found)


def _begun(
    request: ViewerRequest, form: SheetForm, sheet: SheetText, pictures: ZipPictures, asked: ImportAnswers
) -> HttpResponse:
    """Too many rows for one request: the worker takes them, and a page says how far it is."""
    file = form.cleaned_data["file"]
    row = begin_import(
        actor=request.viewer,
        sheet=sheet,
        pictures=pictures,
        name=file.name if file else _("แถวที่วาง"),
        asked=asked,
        now=timezone.now(),
    )
    return redirect("sheets:large", row.uuid)


def _pictures(request: ViewerRequest, form: SheetForm) -> ZipPictures:
    file = form.cleaned_data["pictures"]
    if not file:
        return ZipPictures()
    return take_pictures(
        actor=request.viewer, organization=own_office(request), file=file, now=timezone.now()
    )


@officers
@require_POST
def take(request: ViewerRequest) -> HttpResponse:
    """Import the rows that are right; the others stay on the page to be mended."""
    require_writer(request)
    offer = offer_for(None)
    found = columns(offer)
    rows, photos = rows_in(request.POST.get("rows", ""), found), photos_in(request.POST.get("photos", ""))
    asked = asked_in(request)
    fates = import_rows(
        actor=request.viewer, rows=rows, photos=photos, offer=offer, asked=asked, now=timezone.now()
    )
    return _shown(request, found, fates, asked, ZipPictures(photos), done=True)


def asked_in(request: ViewerRequest) -> ImportAnswers:
    """What is said beside the rows."""
    return AskedForm(request.POST).asked()


def _shown(
    request: ViewerRequest, found: Sequence[Column], fates: Sequence[RowFate], asked: ImportAnswers, pictures: ZipPictures,
    *, unknown: Sequence[str] = (), done: bool = False,
) -> HttpResponse:  # fmt: skip
    left = [each for each in fates if each.fate == Fate.WRONG] if done else fates
    shown = columns_to_show(found, left)
    counts = {fate.value: sum(each.fate == fate for each in fates) for fate in Fate}
    context: dict[str, Any] = {
        "columns": shown,
        "lines": lines_of(shown, left),
        "done_lines": fates if done else [],
        "counts": counts,
        "good": counts[Fate.SENT] + counts[Fate.KEPT],
        "asked": asked,
        "asks_days": any(each.asks_day for each in fates) or asked.days,
        "asks_apart": any(each.twins for each in fates) or asked.apart,
        "rows": as_text([each.typed.row for each in left]),
        "photos": photos_as_text(pictures.shas),
        "picture_count": len(pictures.shas),
        "problems": pictures.problems,
        "unknown": unknown,
        "done": done,
        "approval": rules.needs_approval(request.viewer, own_office(request)),
    }
    return render(request, "sheets/review.html", context)
