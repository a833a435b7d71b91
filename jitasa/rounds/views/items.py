"""The lists: words in use in their order, retired ones, adding, editing and their history."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds.forms import ItemForm, add_refusal
from jitasa.rounds.models import ListItem
from jitasa.rounds.rules import may_edit_lists
from jitasa.rounds.selectors.lists import LISTS, ListOf, described, retired_items, rows_of, versions
from jitasa.rounds.services.items import add_item, edit_item, move_item, restore_item, retire_item
from jitasa.rounds.views.access import department


def _list(slug: str) -> ListOf:
    if slug not in LISTS:
        raise Http404(slug)
    return LISTS[slug]


def _item(of: ListOf, pk: int) -> ListItem:
    return get_object_or_404(of.model._default_manager.all(), pk=pk)


@officers
def listing(request: ViewerRequest, slug: str) -> HttpResponse:
    of = _list(slug)
    context = {
        "of": of,
        "lists": LISTS.values(),
        "rows": rows_of(of),
        "retired": described(of, retired_items(of)),
        "may_edit": may_edit_lists(request.viewer),
    }
    return render(request, "rounds/items.html", context)


@department
def add(request: ViewerRequest, slug: str) -> HttpResponse:
    of = _list(slug)
    form = ItemForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        try:
            item = add_item(actor=request.viewer, of=of, content=form.content(), now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("เพิ่ม “%(label)s” แล้ว") % {"label": item.label})
            return redirect("rounds:items", slug=slug)
    return render(request, "rounds/item_form.html", {"of": of, "form": form})


@department
def edit(request: ViewerRequest, slug: str, pk: int) -> HttpResponse:
    of = _list(slug)
    item = _item(of, pk)
    if item.retired_at is not None:
        return redirect("rounds:item_history", slug=slug, code=item.code)
    form = ItemForm(request.POST or None, of=of, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            edit_item(actor=request.viewer, of=of, item=item, content=form.content(), now=timezone.now())
        except Forbidden:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("แก้แล้ว รายการที่บันทึกไว้ก่อนหน้านี้ยังแสดงคำเดิม"))
            return redirect("rounds:items", slug=slug)
    return render(request, "rounds/item_form.html", {"of": of, "form": form, "item": item})


@officers
def history(request: ViewerRequest, slug: str, code: str) -> HttpResponse:
    of = _list(slug)
    found = versions(of, code)
    if not found:
        raise Http404(code)
    return render(request, "rounds/item_history.html", {"of": of, "versions": found, "code": code})


@require_POST
@department
def move(request: ViewerRequest, slug: str, pk: int) -> HttpResponse:
    of = _list(slug)
    step = -1 if request.POST.get("to") == "up" else 1
    move_item(actor=request.viewer, of=of, item=_item(of, pk), step=step, now=timezone.now())
    return redirect("rounds:items", slug=slug)


@require_POST
@department
def retire(request: ViewerRequest, slug: str, pk: int) -> HttpResponse:
    of = _list(slug)
    item = _item(of, pk)
    retire_item(actor=request.viewer, of=of, item=item, now=timezone.now())
    messages.success(request, _("เลิกใช้ “%(label)s” แล้ว นำกลับมาใช้ได้จากท้ายหน้านี้") % {"label": item.label})
    return redirect("rounds:items", slug=slug)


@require_POST
@department
def restore(request: ViewerRequest, slug: str, pk: int) -> HttpResponse:
    of = _list(slug)
    item = restore_item(actor=request.viewer, of=of, item=_item(of, pk), now=timezone.now())
    messages.success(request, _("นำ “%(label)s” กลับมาใช้แล้ว") % {"label": item.label})
    return redirect("rounds:items", slug=slug)
