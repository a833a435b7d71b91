"""The office's sheet: get it, send it in, see every row as it would be, take the right ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.activities import rules
from jitasa.activities.selectors.choices import offer_for
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.sheets.forms import AskedForm, SheetForm
from jitasa.sheets.layout import NUMBER, STATUS, Column, columns
from jitasa.sheets.posted import as_text, photos_as_text, photos_in, rows_in
from jitasa.sheets.reading import SheetText, read_pasted, read_workbook
from jitasa.sheets.selectors.sheet import options_for, records_of_month
from jitasa.sheets.services.import_rows import Asked, Fate, RowFate, check_rows, import_rows
from jitasa.sheets.writing import sheet_of_month
from jitasa.sheets.zips import ZipPictures, take_pictures
from jitasa.thai.dates import add_months, month_of, month_slug, today
from jitasa.ui.reading import month_or_none

MONTHS_OFFERED = 12
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require_writer(request: ViewerRequest) -> None:
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))


@officers
@require_GET
def start(request: ViewerRequest) -> HttpResponse:
    """Get the sheet of a month; send it in, or paste rows."""
    _require_writer(request)
    return _start(request, SheetForm())


def _start(request: ViewerRequest, form: SheetForm, status: int = 200) -> HttpResponse:
    this_month = month_of(today(timezone.now()))
    months = [add_months(this_month, -back) for back in range(MONTHS_OFFERED)]
    context = {"form": form, "months": [(month_slug(month), month) for month in months]}
    return render(request, "sheets/start.html", context, status=status)


@officers
@require_GET
def workbook(request: ViewerRequest) -> HttpResponse:
    """The sheet of a month: what the office has recorded, and rows to fill in."""
    _require_writer(request)
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
        records=records_of_month(request.viewer, month),
    )
    name = f"activities-{office.code}-{month_slug(month)}.xlsx"
    return HttpResponse(
        book, content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@officers
@require_POST
def check(request: ViewerRequest) -> HttpResponse:
    """Show every row as it would be. Nothing is kept but the pictures that came along."""
    _require_writer(request)
    offer = offer_for(None)
    found = columns(offer)
    if "rows" in request.POST:
        asked = _asked(request)
        rows, photos = rows_in(request.POST["rows"], found), photos_in(request.POST.get("photos", ""))
        sheet, pictures = SheetText(rows), ZipPictures(photos)
    else:
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return _start(request, form, status=422)
        try:
            sheet = _read(form, found)
            pictures = _pictures(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return _start(request, form, status=422)
        asked = Asked(send=form.cleaned_data["send"])
    fates = check_rows(
        actor=request.viewer, rows=sheet.rows, photos=pictures.shas, offer=offer, asked=asked, now=timezone.now()
    )  # fmt: skip
    return _shown(request, found, fates, asked, pictures, unknown=sheet.unknown)


def _read(form: SheetForm, found: Sequence[Column]) -> SheetText:
    file = form.cleaned_data["file"]
    return read_workbook(file.read(), found) if file else read_pasted(form.cleaned_data["pasted"], found)


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
    _require_writer(request)
    offer = offer_for(None)
    found = columns(offer)
    rows, photos = rows_in(request.POST.get("rows", ""), found), photos_in(request.POST.get("photos", ""))
    asked = _asked(request)
    fates = import_rows(
        actor=request.viewer, rows=rows, photos=photos, offer=offer, asked=asked, now=timezone.now()
    )
    return _shown(request, found, fates, asked, ZipPictures(photos), done=True)


def _asked(request: ViewerRequest) -> Asked:
    return AskedForm(request.POST).asked()


@dataclass(frozen=True)
class ShownCell:
    column: Column
    text: str
    errors: Sequence[str]


def _shown(
    request: ViewerRequest, found: Sequence[Column], fates: Sequence[RowFate], asked: Asked, pictures: ZipPictures,
    *, unknown: Sequence[str] = (), done: bool = False,
) -> HttpResponse:  # fmt: skip
    left = [each for each in fates if each.fate == Fate.WRONG] if done else fates
    shown = _columns_to_show(found, left)
    counts = {fate.value: sum(each.fate == fate for each in fates) for fate in Fate}
    context: dict[str, Any] = {
        "columns": shown,
        "lines": [(each, [_cell(column, each) for column in shown]) for each in left],
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


def _columns_to_show(found: Sequence[Column], fates: Sequence[RowFate]) -> list[Column]:
    """Those with something in them or something wrong; the name always."""
    filled = {name for each in fates for name, text in each.typed.row.cells.items() if text}
    wrong = {name for each in fates for name in each.errors}
    wanted = filled | wrong | {"name", "start_date"}
    return [
        column
        for column in found
        if column.key in wanted and not column.hidden and column.key not in (NUMBER, STATUS)
    ]


def _cell(column: Column, fate: RowFate) -> ShownCell:
    cells: Mapping[str, str] = fate.typed.row.cells
    return ShownCell(column, cells.get(column.key, ""), fate.errors.get(column.key, ()))
