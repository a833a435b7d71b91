"""Keeping the filters of a list under a name: a page for the name, and one with all views."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.find.forms import ViewForm
from jitasa.find.lists import LISTS
from jitasa.find.models import SavedView
from jitasa.find.rules import may_change_view, may_share_view
from jitasa.find.selectors.views import all_views
from jitasa.find.services.views import NOT_YOURS, change_view, remove_view, save_view
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Forbidden, Refusal


@require_GET
@login_required
def views(request: ViewerRequest) -> HttpResponse:
    """All views the person has in her office, and those shared there."""
    groups = [
        (label, [(view, may_change_view(request.viewer, view)) for view in found])
        for label, found in all_views(request.viewer, timezone.now())
    ]
    return render(request, "find/views.html", {"groups": groups})


@officers
def view_new(request: ViewerRequest) -> HttpResponse:
    """``list`` and ``query`` say what is kept, ``back`` is where the person was (a path of this site)."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = LISTS.get(given.get("list", ""))
    if wanted is None:
        raise Http404
    query, back = wanted.read(given.get("query", "")), _back(given.get("back", ""))
    form = ViewForm(request.POST or None, shares=may_share_view(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(
                actor=request.viewer, list_name=wanted.name, query=query, now=timezone.now(), **_values(form)
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("บันทึกมุมมอง “%(name)s” แล้ว") % {"name": view.name})
            return redirect(back or (reverse("find:views") if wanted.of_something else view.url))
    context = {"form": form, "list": wanted, "query": query, "back": back}
    return render(request, "find/view_form.html", context, status=422 if form.errors else 200)


@officers
def view_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Another name, shared or not."""
    view = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=pk)
    if not may_change_view(request.viewer, view):
        raise Forbidden(str(NOT_YOURS))
    form = ViewForm(request.POST or None, instance=view, shares=may_share_view(request.viewer) or view.shared)
    if request.method == "POST" and form.is_valid():
        try:
            change_view(actor=request.viewer, view=view, now=timezone.now(), **_values(form))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("find:views")
    context = {"form": form, "view": view, "list": view.of_list}
    return render(request, "find/view_form.html", context, status=422 if form.errors else 200)


@officers
@require_POST
def view_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=pk)
    remove_view(actor=request.viewer, view=view, now=timezone.now())
    messages.success(request, _("ลบมุมมอง “%(name)s” แล้ว รายการเดิมยังอยู่") % {"name": view.name})
    return redirect("find:views")


def _values(form: ViewForm) -> dict[str, Any]:
    return {"name": form.cleaned_data["name"], "shared": form.cleaned_data.get("shared", False)}


def _back(path: str) -> str:
    """A path under ``/work/`` of this site, or nothing."""
    safe = path.startswith("/work/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""
