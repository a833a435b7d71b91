"""Review, one record at a time."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from jitasa.activities.models import Activity
from jitasa.organizations.middleware import ViewerRequest
from jitasa.photos.models import PhotoState
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.review.forms import ReturnForm
from jitasa.review.selectors import inbox
from jitasa.review.services.accept import accept, undo_acceptance
from jitasa.review.services.return_record import return_record
from jitasa.review.views import page
from jitasa.rounds.models import ReturnReason
from jitasa.rounds.selectors.lists import offered


@login_required
@require_GET
def mailbox(request: ViewerRequest) -> HttpResponse:
    """The list, with an empty place beside it."""
    page.need_reviewer(request.viewer)
    now = timezone.now()
    context = page.list_context(request, now) | {"just": page.just_accepted(request, now)}
    return render(request, "review/page.html", context)


@login_required
@require_GET
@vary_on_headers("HX-Request")
def record(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """One record; alone for htmx, else with the list beside it."""
    page.need_reviewer(request.viewer)
    now = timezone.now()
    return _show(request, page.find(request.viewer, uuid), now)


@login_required
@require_POST
def accept_record(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Accept and go on to the next one that waits."""
    page.need_reviewer(request.viewer)
    now = timezone.now()
    activity = page.find_to_act(request.viewer, uuid)
    if page.wants_a_second_yes(request, activity):
        return _show(request, page.find(request.viewer, uuid), now, asks=True)
    try:
        accept(actor=request.viewer, activity=activity, now=now, base_revision=page.revision_of(request))
    except Conflict as conflict:
        return _show_again(request, uuid, now, conflict)
    return _go_on(request, activity, now, just=uuid)


@login_required
@require_GET
def photos(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The pictures of the next record as its page will show them, fetched while this one is looked at."""
    page.need_reviewer(request.viewer)
    activity = page.find_to_act(request.viewer, uuid)
    shown = [row.photo for row in activity.photos.select_related("photo")]
    ready = [photo.sha256 for photo in shown if photo.state == PhotoState.READY]
    return render(request, "review/photos_ahead.html", {"hashes": ready})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Return with a reason. Where there is no script for the dialog this is a page of its own."""
    page.need_reviewer(request.viewer)
    now = timezone.now()
    activity = page.find(request.viewer, uuid)
    templates = list(offered(ReturnReason))
    form = ReturnForm(request.POST or None, initial={"revision": activity.revision}, templates=templates)
    if request.method == "POST" and form.is_valid():
        try:
            _return(request, activity, form, now)
        except Conflict as conflict:
            return _show_again(request, uuid, now, conflict)
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error("reason", refusal.message)
        else:
            return _go_on(request, activity, now)
    context = page.record_context(request, activity, now) | {"form": form, "dialog_open": True}
    if not context["may_return"]:
        raise Forbidden(_("ส่งกลับได้เฉพาะรายการที่รอตรวจ หรือที่สำนักงานของท่านรับไว้"))
    if page.is_partial(request):
        return render(request, "review/record.html", context)
    return render(request, "review/return.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def undo(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Take an acceptance back, and show the record again."""
    page.need_reviewer(request.viewer)
    now = timezone.now()
    activity = page.find_to_act(request.viewer, uuid)
    try:
        undo_acceptance(actor=request.viewer, activity=activity, now=now)
    except Conflict as conflict:
        return _show_again(request, uuid, now, conflict)
    return HttpResponseRedirect(page.address(request, uuid))


def _return(request: ViewerRequest, activity: Activity, form: ReturnForm, now: datetime) -> None:
    return_record(
        actor=request.viewer,
        activity=activity,
        reason=form.cleaned_data["reason"],
        fields=form.cleaned_data["field"],
        now=now,
        base_revision=form.cleaned_data["revision"],
    )


def _show(
    request: ViewerRequest,
    activity: Activity,
    now: datetime,
    *,
    problem: str = "",
    status: int = 200,
    asks: bool = False,
) -> HttpResponse:
    context = page.record_context(request, activity, now)
    context |= {"problem": problem, "asks": asks, "just": page.just_accepted(request, now)}
    if page.is_partial(request):
        return render(request, "review/record.html", context)
    context |= page.list_context(request, now, opened=activity.pk)
    return render(request, "review/page.html", context, status=status)


def _show_again(request: ViewerRequest, uuid: UUID, now: datetime, conflict: Conflict) -> HttpResponse:
    """The record as it now stands, with what went wrong; nothing was done."""
    activity = page.find(request.viewer, uuid)
    return _show(request, activity, now, problem=conflict.message, status=conflict.status)


def _go_on(
    request: ViewerRequest, activity: Activity, now: datetime, *, just: UUID | None = None
) -> HttpResponse:
    """To the next record of the box, or to the list when none is left."""
    filters = inbox.ReviewFilters.from_query(request.GET.dict())
    rows = inbox.boxed(inbox.reviewable(request.viewer), filters, now)
    following = inbox.after(rows, activity, filters)
    target = page.address(request, following, just=just)
    if not page.is_partial(request):
        return HttpResponseRedirect(target)
    context = {
        "gone": activity,
        "box_counts": inbox.box_counts(request.viewer, filters),
        "just": activity if just else None,
        "query": filters.query,
        "undo_seconds": page.UNDO_SHOWN_SECONDS,
    }
    if following is not None:
        context = page.record_context(request, page.find(request.viewer, following), now) | context
    response = render(request, "review/moved_on.html", context)
    response["HX-Push-Url"] = page.address(request, following)
    return response
