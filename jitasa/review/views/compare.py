"""Two records that a flag names, side by side."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jitasa.activities.models import Activity
from jitasa.organizations.middleware import ViewerRequest
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from jitasa.review.selectors import inbox
from jitasa.review.selectors.flags import shown_flags
from jitasa.review.views import page


@login_required
@require_GET
def compare(request: ViewerRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Both records with the pictures in question on top.

    Of a record out of the viewer's sight only the office and the month are told, and no picture is
    served: nobody sees what is not his.
    """
    page.need_reviewer(request.viewer)
    activity = page.find(request.viewer, uuid)
    flags = [flag for flag in activity.flags.all() if flag.other is not None and flag.other.uuid == other]
    if not flags:
        raise Http404
    numbers = {flag.pk for flag in flags}
    told = shown_flags(request.viewer, activity)
    shown = [each for flag, each in zip(activity.flags.all(), told, strict=True) if flag.pk in numbers]
    seen = shown[0].other
    right = inbox.whole_record(Activity.objects.visible_to(request.viewer)).get(pk=seen.pk) if seen else None
    context = {
        "activity": activity,
        "flags": shown,
        "sides": [side(activity), side(right)] if right else [side(activity)],
        "pairs": pairs(flags, activity, right),
        "query": inbox.ReviewFilters.from_query(request.GET.dict()).query,
    }
    return render(request, "review/compare.html", context)


def side(activity: Activity) -> dict[str, Any]:
    """One column: the record and its place in words."""
    return {"activity": activity, "where": page.place_words(activity)}


def pairs(flags: list[Flag], mine: Activity, theirs: Activity | None) -> list[dict[str, Any]]:
    """Pictures that are the same or nearly; the other one only where that record may be seen."""
    left = {row.photo.sha256: row.photo for row in mine.photos.all()}
    right = {row.photo.sha256: row.photo for row in theirs.photos.all()} if theirs else {}
    return [
        {"mine": left[pair["mine"]], "theirs": right.get(pair["theirs"]), "exact": pair["exact"]}
        for flag in flags
        if flag.kind == FlagKind.SAME_PHOTO
        for pair in flag.evidence["pairs"]
        if pair["mine"] in left
    ]
