"""The important days of a year, and adding, editing, retiring one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jitasa.files.reading import is_kept
from jitasa.files.sending import send
from jitasa.occasions import rules, selectors
from jitasa.occasions.forms import OccasionForm
from jitasa.occasions.models import Occasion
from jitasa.occasions.services.adopt import adopt_year
from jitasa.occasions.services.copy_year import copy_year
from jitasa.occasions.services.edit import (
    NOT_YOURS,
    add_occasion,
    content_of,
    edit_occasion,
    restore_occasion,
    retire_occasion,
)
from jitasa.occasions.services.install import install_occasions
from jitasa.occasions.services.orders import Order, receive_order
from jitasa.occasions.store import path_of
from jitasa.occasions.views.access import visible, year_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.rules_centre import MINISTRY, made_by
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import be_year, today


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('occasions:list')}?year={year}")


@officers
def listing(request: ViewerRequest) -> HttpResponse:
    """The days of one year by month, national and the province's own."""
    year, viewer = year_of(request), request.viewer
    days = list(selectors.of_year(viewer, year))
    context = {
        "year": year,
        "days": [(day, rules.may_edit(viewer, day)) for day in days],
        "retired": [(day, rules.may_edit(viewer, day)) for day in selectors.retired_of_year(viewer, year)],
        "years": selectors.years(viewer),
        "may_add": rules.may_add(viewer),
        "may_list": rules.may_list(viewer),
        "today": today(timezone.now()),
        "adoption": selectors.adoption(year),
        "may_adopt": rules.may_adopt(viewer),
    }
    return render(request, "occasions/list.html", context)


@officers
def add(request: ViewerRequest) -> HttpResponse:
    if not rules.may_add(request.viewer):
        raise Forbidden(_(rules.SETTERS))
    form = OccasionForm(request.POST or None, request.FILES or None, by_centre=request.viewer.is_centre)
    if request.method == "POST" and form.is_valid():
        try:
            order = _order(request, form)
            day = add_occasion(actor=request.viewer, content=form.content(), order=order, now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("เพิ่ม “%(name)s” แล้ว") % {"name": day.short_name})
            return _to_year(be_year(day.date))
    context = {"form": form, "owner": _owner_words(request.viewer), "by_centre": request.viewer.is_centre}
    return render(request, "occasions/form.html", context)


def _owner_words(viewer: Viewer) -> str:
    """Whose day it becomes, as the head of the form says; empty for a day of the nation by the department."""
    owner = rules.owner_for(viewer)
    if owner is None:
        return MINISTRY if viewer.is_centre else ""
    return made_by(owner, by_centre=viewer.is_centre)


def _order(request: ViewerRequest, form: OccasionForm) -> Order | None:
    """The order's file, taken in. :raises Refusal: by field, for one that may not be kept."""
    file = form.cleaned_data.get("order_file")
    if not file:
        return None
    return receive_order(actor=request.viewer, chunks=file.chunks(), name=file.name or "")


@officers
def one(request: ViewerRequest, pk: int) -> HttpResponse:
    """A day: a form for whoever keeps it, words for the others; its history below."""
    occasion = visible(request, pk)
    may_edit = rules.may_edit(request.viewer, occasion)
    if request.method == "POST" and not may_edit:
        raise Forbidden(_(NOT_YOURS))
    editable = may_edit and occasion.retired_at is None
    initial = vars(content_of(occasion))
    whose = {"by_centre": occasion.by_centre, "has_file": bool(occasion.order_sha256)}
    form = (
        OccasionForm(request.POST or None, request.FILES or None, initial=initial, **whose)
        if editable
        else None
    )
    if request.method == "POST" and form is not None and form.is_valid() and _edit(request, occasion, form):
        return _to_year(be_year(form.cleaned_data["date"]))
    context = {
        "occasion": occasion,
        "form": form,
        "owner": occasion.set_by,
        "by_centre": occasion.by_centre,
        "may_edit": may_edit,
        "history": selectors.history(occasion),
        "window": rules.window_of(occasion),
        "may_plan": rules.may_plan(request.viewer),
        "today": today(timezone.now()),
        "successor": selectors.successor(occasion) if occasion.retired_at else None,
        "earlier": selectors.earlier_rows(occasion),
    }
    return render(request, "occasions/form.html", context)


def _edit(request: ViewerRequest, occasion: Occasion, form: OccasionForm) -> bool:
    try:
        edit_occasion(
            actor=request.viewer,
            occasion=occasion,
            content=form.content(),
            order=_order(request, form),
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        _add_refusal(form, refusal)
        return False
    messages.success(request, _("บันทึกแล้ว กิจกรรมที่บันทึกไว้ก่อนหน้านี้ยังแสดงชื่อและวันเดิม"))
    return True


def _add_refusal(form: OccasionForm, refusal: Refusal) -> None:
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name, text)
    if not refusal.fields:
        form.add_error(None, refusal.message)


@officers
@require_safe
def order_file(request: ViewerRequest, pk: int) -> HttpResponse:
    """The file of the order by which a day was set, for everybody whom the day is for."""
    occasion = visible(request, pk)
    path = path_of(occasion.order_sha256) if occasion.order_sha256 else None
    if path is None or not is_kept(path):
        raise Http404(_("วันนี้ไม่มีไฟล์คำสั่ง"))
    return send(
        request,
        path,
        media_type=occasion.order_media_type,
        name=occasion.order_name,
        etag=occasion.order_sha256,
    )


@require_POST
@officers
def retire(request: ViewerRequest, pk: int) -> HttpResponse:
    occasion = visible(request, pk)
    retire_occasion(actor=request.viewer, occasion=occasion, now=timezone.now())
    messages.success(request, _("เลิกใช้ “%(name)s” แล้ว นำกลับมาใช้ได้จากท้ายหน้านี้") % {"name": occasion.short_name})
    return _to_year(be_year(occasion.date))


@require_POST
@officers
def restore(request: ViewerRequest, pk: int) -> HttpResponse:
    occasion = visible(request, pk)
    restore_occasion(actor=request.viewer, occasion=occasion, now=timezone.now())
    messages.success(request, _("นำ “%(name)s” กลับมาใช้แล้ว") % {"name": occasion.short_name})
    return _to_year(be_year(occasion.date))


@require_POST
@officers
def fill(request: ViewerRequest) -> HttpResponse:
    """Fill a year: national days by the department, last year's own days by a province."""
    year, viewer, now = year_of(request), request.viewer, timezone.now()
    if viewer.is_department:
        added = install_occasions(years=[year], actor=viewer, now=now)
    else:
        added = copy_year(actor=viewer, year=year, now=now)
    text = ngettext("เพิ่ม %(count)d วันในปี %(year)d", "เพิ่ม %(count)d วันในปี %(year)d", added)
    nothing = _("ปี %(year)d มีครบอยู่แล้ว ไม่มีวันใหม่ให้เพิ่ม")
    messages.success(request, (text if added else nothing) % {"count": added, "year": year})
    return _to_year(year)


@require_POST
@officers
def adopt(request: ViewerRequest) -> HttpResponse:
    """The department puts a year's list of national days in force."""
    year = year_of(request)
    reference = request.POST.get("reference", "")
    made = adopt_year(actor=request.viewer, year=year, reference=reference, now=timezone.now())
    text = _("ประกาศใช้รายการวันสำคัญปี %(year)d ครั้งที่ %(number)d แล้ว")
    messages.success(request, text % {"year": year, "number": made.number})
    return _to_year(year)
