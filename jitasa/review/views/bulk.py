"""Accept many at once: a page without script, chunks with a progress bar where there is one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden, Refusal
from jitasa.review.forms import read_choices
from jitasa.review.rules import BULK_MOST
from jitasa.review.selectors import inbox
from jitasa.review.services.accept_many import AcceptOutcome, Choice, accept_many
from jitasa.review.views import page

AT_ONCE = 200  # what one page without script takes in; the rest waits in the list


@login_required
@require_POST
def accept_chosen(request: ViewerRequest) -> HttpResponse:
    """``choice`` is ``id:revision``, repeated; ``all=1`` takes what the filters show and no flag marks."""
    _need_right(request)
    now = timezone.now()
    if request.POST.get("all"):
        filters = inbox.ReviewFilters.from_query(request.GET.dict())
        found = inbox.selectable(request.viewer, filters, now, limit=AT_ONCE)
        choices = [Choice(pk, revision) for pk, revision in found]
    else:
        choices = read_choices(request.POST.getlist("choice"))
    if not choices:
        raise Refusal(_("ยังไม่ได้เลือกรายการ ทำเครื่องหมายหน้ารายการที่จะรับก่อน"))
    outcome = accept_many(actor=request.viewer, choices=choices, now=now)
    if request.accepts("text/html"):
        query = inbox.ReviewFilters.from_query(request.GET.dict()).query
        return render(request, "review/bulk.html", {"outcome": outcome, "query": query})
    return JsonResponse(_as_json(outcome))


@login_required
@require_GET
def selectable_now(request: ViewerRequest) -> HttpResponse:
    """The choices that ``all=1`` would take, for the script that sends them in chunks."""
    _need_right(request)
    filters = inbox.ReviewFilters.from_query(request.GET.dict())
    found = inbox.selectable(request.viewer, filters, timezone.now(), limit=BULK_MOST)
    return JsonResponse({"choices": [f"{pk}:{revision}" for pk, revision in found]})


def _need_right(request: ViewerRequest) -> None:
    page.need_reviewer(request.viewer)
    if not request.viewer.can_write:
        raise Forbidden(_("ท่านดูได้อย่างเดียว ให้เจ้าหน้าที่ของสำนักงานเป็นผู้รับกิจกรรม"))


def _as_json(outcome: AcceptOutcome) -> dict[str, Any]:
    return {
        "accepted": outcome.accepted,
        "skipped": [
            {"id": row.activity_id, "name": row.name, "office": row.office, "reason": row.reason}
            for row in outcome.skipped
        ],
    }
