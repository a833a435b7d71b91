"""Every revision of a record, and two of them side by side."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.rules_people import may_see_chair_name
from jitasa.activities.selectors.revisions import changes
from jitasa.activities.views.record_page import records
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.ui.reading import whole_number


def _readable(viewer: Viewer, activity: Activity) -> QuerySet[ActivityRevision]:
    """All of them for the office itself; the offices above see what was sent, not the drafts before."""
    rows = activity.revisions.select_related("by").order_by("number")
    if viewer.is_system or viewer.office_id == activity.organization_id:
        return rows
    first_sent = activity.steps.filter(act="submitted").order_by("revision").first()
    return rows.filter(number__gte=first_sent.revision) if first_sent else rows.none()


@login_required
@require_GET
def revisions(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The list, newest first, each with what it changed against the one before."""
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    rows = list(_readable(request.viewer, activity))
    show_posts((row.by, row.at) for row in rows)
    steps = {step.revision: step for step in activity.steps.all()}
    earlier: list[ActivityRevision | None] = [None, *rows[:-1]]
    lines = [
        (row, steps.get(row.number), [change.label for change in changes(before, row)] if before else [])
        for before, row in zip(earlier, rows, strict=True)
    ]
    return render(request, "activities/revisions.html", {"activity": activity, "lines": lines[::-1]})


@login_required
@require_GET
def compare(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """``?from=3&to=5``; without them the last two."""
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    rows = {row.number: row for row in _readable(request.viewer, activity)}
    if not rows:
        raise Http404
    numbers = list(rows)
    new = rows.get(whole_number(request.GET.get("to", "")) or numbers[-1])
    old = rows.get(whole_number(request.GET.get("from", "")) or _before(numbers, new))
    if new is None or old is None:
        raise Http404
    context = {
        "activity": activity,
        "old": old,
        "new": new,
        "changes": [
            change
            for change in changes(old, new)
            if change.name != "chair_name" or may_see_chair_name(request.viewer, activity)
        ],
        "all": list(rows.values()),
    }
    return render(request, "activities/compare.html", context)


def _before(numbers: list[int], new: ActivityRevision | None) -> int:
    earlier = [number for number in numbers if new is not None and number < new.number]
    return earlier[-1] if earlier else numbers[0]
