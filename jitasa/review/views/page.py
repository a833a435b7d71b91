"""What the review pages are made of: the list on the left, the record on the right."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_htmx.middleware import HtmxDetails

from jitasa.activities.choices import Status, channels_of
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.rules_people import may_see_chair_name
from jitasa.activities.selectors.values import quantity_text
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.geography import district, tambon
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.review.forms import ReturnForm
from jitasa.review.models import Flag
from jitasa.review.rules import (
    BULK_MOST,
    may_accept,
    may_open_review,
    may_return,
    may_undo,
)
from jitasa.review.selectors import inbox
from jitasa.review.selectors.flags import ShownFlag, by_part, photo_marks, shown_flags
from jitasa.review.views.lines import lines_of
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import ReturnReason
from jitasa.rounds.selectors.lists import current_kinds, offered
from jitasa.ui.keyset import Counted, key_page
from jitasa.ui.reading import uuid_or_none, whole_number

UNDO_SHOWN_SECONDS = 20  # how long the bar with the button stays; the act itself may be undone longer


def need_reviewer(viewer: Viewer) -> None:
    """:raises Forbidden: for offices that have nobody below them."""
    if not may_open_review(viewer):
        raise Forbidden(_("หน้านี้สำหรับอำเภอ จังหวัด และกรม กลับไปที่งานของฉันเพื่อดูกิจกรรมของหน่วยงานท่าน"))


def find(viewer: Viewer, uuid: UUID) -> Activity:
    """A record to review with everything beside it. :raises Http404: out of the viewer's sight."""
    return get_object_or_404(inbox.whole_record(inbox.reviewable(viewer)), uuid=uuid)


def find_to_act(viewer: Viewer, uuid: UUID) -> Activity:
    """A record to review, alone. :raises Http404: out of the viewer's sight."""
    flagged = Exists(Flag.objects.filter(activity=OuterRef("pk")))
    rows = inbox.reviewable(viewer).select_related("organization").annotate(is_flagged=flagged)
    return get_object_or_404(rows, uuid=uuid)


def wants_a_second_yes(request: ViewerRequest, activity: Activity) -> bool:
    """Whether a record with flags is about to be accepted by one key: it is asked once more, evidence in sight.

    The yes is to the revision that was shown.
    """
    flagged: bool = activity.is_flagged  # type: ignore[attr-defined]  # annotated by find_to_act
    waits = activity.status == Status.SUBMITTED
    return flagged and waits and request.POST.get("sure") != str(activity.revision)


def list_context(request: ViewerRequest, now: datetime, opened: int | None = None) -> dict[str, Any]:
    """The left side: boxes with counts, filters with what they offer, one page of lines; ``opened`` stands beside it."""
    viewer, filters = request.viewer, inbox.ReviewFilters.from_query(request.GET.dict())
    rows = inbox.boxed(inbox.reviewable(viewer), filters, now)
    counts = inbox.box_counts(viewer, filters)
    count = counts[filters.show] if filters.show in counts else Counted.of(rows)
    page = key_page(request.GET.dict(), rows, inbox.PAGE, count=count, dress=inbox.listed)
    return {
        "filters": filters,
        "query": filters.query,
        "boxes": [(code, label, filters.showing(code).query) for code, label in boxes()],
        "counts": counts,
        "months": inbox.offered_months(now),
        "places": inbox.offered_places(viewer),
        "kinds": current_kinds(),
        "page": page,
        "lines": lines_of(page, filters.query, opened),
        "may_choose": filters.show == inbox.WAITING and viewer.can_write,
        "bulk_most": BULK_MOST,
        "undo_seconds": UNDO_SHOWN_SECONDS,
    }


def boxes() -> list[tuple[str, str]]:
    return [
        (inbox.WAITING, _("รอตรวจ")),
        (inbox.FLAGGED, _("ข้อสังเกต")),
        (inbox.RETURNED, pgettext("state", "ส่งกลับ")),
        (inbox.ACCEPTED, _("รับรายงานแล้ว")),
    ]


def record_context(request: ViewerRequest, activity: Activity, now: datetime) -> dict[str, Any]:
    """The right side: the record, its flags beside its parts, and what may be done with it."""
    viewer, filters = request.viewer, inbox.ReviewFilters.from_query(request.GET.dict())
    flags = shown_flags(viewer, activity)
    steps = list(activity.steps.all())
    show_posts(((step.by, step.at) for step in steps), with_office=False)
    accepted = next((step for step in reversed(steps) if step.act == Act.ACCEPTED), None)
    before, following = inbox.neighbours(
        inbox.boxed(inbox.reviewable(viewer), filters, now), activity, filters
    )
    templates = list(offered(ReturnReason))
    return {
        "activity": activity,
        "chair_name": activity.chair_name if may_see_chair_name(viewer, activity) else "",
        "flags": flags,
        "beside": by_part(flags),
        "photos": shown_photos(activity, flags),
        "points": shown_points(activity),
        "where": place_words(activity),
        "measures": [
            (str(row.measure), quantity_text(row.quantity), row.measure.unit)
            for row in activity.measures.all()
        ],
        "publicity": [str(kind.label) for kind in channels_of(activity.publicity)],
        "steps": steps,
        "return_words": return_words(steps),
        "may_accept": may_accept(viewer, activity),
        "may_return": may_return(viewer, activity, accepted.organization if accepted else None),
        "may_undo": may_undo(viewer, activity, steps[-1] if steps else None, now),
        "form": ReturnForm(initial={"revision": activity.revision}, templates=templates),
        "templates": templates,
        "returnable": list(RETURNABLE.items()),
        "query": filters.query,
        "undo_seconds": UNDO_SHOWN_SECONDS,
        "before": before,
        "following": following,
    }


def return_words(steps: list[Any]) -> dict[str, Any] | None:
    """The reason a record was returned last, with its fields in words."""
    step = next((step for step in reversed(steps) if step.act == Act.RETURNED), None)
    if step is None:
        return None
    return {"step": step, "fields": [RETURNABLE[name] for name in step.fields if name in RETURNABLE]}


def shown_photos(activity: Activity, flags: list[ShownFlag]) -> list[dict[str, Any]]:
    """The pictures in order, each with what looks wrong about it."""
    marks = photo_marks(flags)
    return [
        {"photo": row.photo, "caption": row.caption, "row": row, "marks": marks.get(row.photo.sha256, [])}
        for row in activity.photos.all()
    ]


def shown_points(activity: Activity) -> list[tuple[float, float, str, str]]:
    """Points for the map: the pin, the office, and where pictures were taken."""
    office = activity.organization
    points = []
    if office.latitude is not None and office.longitude is not None:
        points.append((office.latitude, office.longitude, str(office), "idle"))
    for number, row in enumerate(activity.photos.all(), start=1):
        photo = row.photo
        if photo.latitude is not None and photo.longitude is not None:
            points.append((photo.latitude, photo.longitude, _("ภาพที่ %(n)d") % {"n": number}, "warn"))
    if activity.latitude is not None and activity.longitude is not None:
        points.append((activity.latitude, activity.longitude, _("หมุดของกิจกรรม"), "info"))
    return points


def place_words(activity: Activity) -> str:
    """Place, village, tambon and district on one line."""
    in_tambon, in_district = tambon(activity.tambon_code), district(activity.tambon_code[:4])
    parts = [
        activity.place,
        _("หมู่ที่ %(n)d") % {"n": activity.moo} if activity.moo else "",
        _("ต.%(name)s") % {"name": in_tambon.name_th} if in_tambon else "",
        _("อ.%(name)s") % {"name": in_district.name_th} if in_district else "",
    ]
    return " ".join(part for part in parts if part)


def just_accepted(request: ViewerRequest, now: datetime) -> Activity | None:
    """The record named ``just`` in the address, while its acceptance may be taken back by this viewer."""
    wanted = uuid_or_none(request.GET.get("just", ""))
    if wanted is None:
        return None
    rows = inbox.reviewable(request.viewer).select_related("organization")
    activity = rows.filter(uuid=wanted).first()
    if activity is None or not may_undo(request.viewer, activity, inbox.last_step(activity), now):
        return None
    return activity


def is_partial(request: ViewerRequest) -> bool:
    """Whether only the right side is asked for. Going back in history asks for the whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # django-htmx puts it on every request
    return bool(htmx) and not htmx.history_restore_request


def revision_of(request: ViewerRequest) -> int | None:
    """The revision the person looked at, as the form sent it."""
    return whole_number(request.POST.get("revision", ""))


def address(request: ViewerRequest, uuid: UUID | None, *, just: UUID | None = None) -> str:
    """A record's page, or the list's, under the same filters."""
    path = reverse("review:record", args=[uuid]) if uuid else reverse("review:list")
    query = inbox.ReviewFilters.from_query(request.GET.dict()).query
    extra = urlencode({"just": str(just)}) if just else ""
    parts = "&".join(part for part in (query, extra) if part)
    return f"{path}?{parts}" if parts else path
