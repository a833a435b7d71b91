"""What a reviewer sees: the list like a mail box, one record with everything beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto, MeasureValue, Participation, Step
from jitasa.activities.models.activity import ActivityQuerySet
from jitasa.activities.models.history import Act
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.review.models import Comment, Flag
from jitasa.thai.dates import BANGKOK, add_months, month_of, month_slug, today
from jitasa.ui.keyset import MOST_COUNTED, Counted, counted, key_page
from jitasa.ui.reading import digits_or_empty, month_or_none
from jitasa.ui.searching import holding

WAITING, FLAGGED, RETURNED, ACCEPTED = SHOWS = ("waiting", "flagged", "returned", "accepted")
PAGE = 50
# Accepted records grow for ever: without a month the list goes back this far.
ACCEPTED_MONTHS = 3
MONTHS_OFFERED = 15


@dataclass(frozen=True)
class ReviewFilters:
    """The list's address: which box, and what narrows it. ``place`` is a code of 2, 4 or 8 digits."""

    show: str = WAITING
    month: date | None = None
    place: str = ""
    kind: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReviewFilters":
        """Read an address; a value that means nothing is left out."""
        show = query.get("show", WAITING)
        return cls(
            show=show if show in SHOWS else WAITING,
            month=month_or_none(query.get("month", "")),
            place=digits_or_empty(query.get("place", ""), most=8),
            kind=query.get("kind", "")[:40],
            text=query.get("q", "").strip()[:100],
        )

    @property
    def query(self) -> str:
        """The same filters as an address, without a leading question mark."""
        parts = {
            "show": self.show if self.show != WAITING else "",
            "month": month_slug(self.month) if self.month else "",
            "place": self.place,
            "kind": self.kind,
            "q": self.text,
        }
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def narrowed(self) -> bool:
        return bool(self.month or self.place or self.kind or self.text)

    def showing(self, show: str) -> "ReviewFilters":
        return replace(self, show=show)


def reviewable(viewer: Viewer) -> ActivityQuerySet:
    """Sent records of the offices below the viewer's in the line of command."""
    office = viewer.organization
    if office is None or not office.path or viewer.is_lao:
        return Activity.objects.none()
    rows = Activity.objects.visible_to(viewer).exclude(organization=office.pk)
    if office.level == Level.DISTRICT:  # which also sees what lies in it and answers to the province
        return rows.filter(organization__path__startswith=office.path)
    # The path once: asked for twice, PostgreSQL takes a province for a twentieth of its offices and sorts all that waits.
    return rows


def waiting(viewer: Viewer) -> ActivityQuerySet:
    """Those that wait for an acceptance or a return: what the badge counts is what the box lists."""
    return reviewable(viewer).filter(status=Status.SUBMITTED)


def boxed(rows: ActivityQuerySet, filters: ReviewFilters, now: datetime) -> ActivityQuerySet:
    """The rows of one box, oldest first where they wait, newest first where they are done."""
    rows = _narrow(rows, filters)
    if filters.show in (WAITING, FLAGGED):
        rows = rows.filter(status=Status.SUBMITTED)
        if filters.show == FLAGGED:
            rows = rows.filter(flag_count__gt=0)
        return rows.order_by("submitted_at", "id")
    if filters.show == RETURNED:
        return rows.filter(status=Status.RETURNED).order_by("-submitted_at", "-id")
    rows = rows.filter(status=Status.ACCEPTED)
    first = filters.month or add_months(month_of(today(now)), -ACCEPTED_MONTHS)
    if filters.month is None:
        rows = rows.filter(month__gte=first)
    # Nothing is sent before its day (``activities.rules.refusals``): the order by sending begins with the month.
    return rows.filter(submitted_at__gte=datetime.combine(first, time(), tzinfo=BANGKOK)).order_by(
        "-submitted_at", "-id"
    )


def _narrow(rows: ActivityQuerySet, filters: ReviewFilters) -> ActivityQuerySet:
    if filters.month:
        rows = rows.filter(month=filters.month)
    if filters.place:
        column = {2: "province_code", 4: "district_code"}.get(len(filters.place), "code")
        rows = rows.filter(**{f"organization__{column}": filters.place})
    if filters.kind:
        rows = rows.filter(kind__code=filters.kind)
    if filters.text:
        held = holding(filters.text, "search_text", "organization__search_text")
        rows = rows.filter(held | Q(number__startswith=filters.text))
    return rows


def listed(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With what a line of the list shows, in a fixed number of queries."""
    said = Comment.objects.filter(activity=OuterRef("pk")).order_by("-at", "-pk")
    rows = rows.annotate(
        last_from_above=Subquery(said.values("from_above")[:1])
    )  # False: its office awaits an answer
    return rows.select_related("kind").prefetch_related("flags")


def box_counts(viewer: Viewer, filters: ReviewFilters) -> dict[str, Counted]:
    """How many wait and how many of these are flagged, under the same filters. One statement."""
    rows = _narrow(waiting(viewer), filters)
    return counted(waiting=rows, flagged=rows.filter(flag_count__gt=0))


@dataclass(frozen=True)
class Waiting:
    """What waits for the viewer's review, and since when the oldest of it."""

    count: Counted
    flagged: Counted
    oldest: datetime | None


def waiting_sums(viewer: Viewer) -> Waiting:
    """One statement; three where more wait than are counted."""
    rows = waiting(viewer)
    found = rows.order_by().values("pk", "submitted_at", "flag_count")[: MOST_COUNTED + 1]
    sums = found.aggregate(
        count=Count("pk"), flagged=Count("pk", filter=Q(flag_count__gt=0)), oldest=Min("submitted_at")
    )
    if sums["count"] <= MOST_COUNTED:
        return Waiting(Counted(sums["count"]), Counted(sums["flagged"]), sums["oldest"])
    counts = box_counts(viewer, ReviewFilters())
    first = key_page({}, rows.order_by("submitted_at", "id"), 1, count=counts["waiting"])
    return Waiting(counts["waiting"], counts["flagged"], next((row.submitted_at for row in first), None))


def whole_record(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With everything the reviewer's page of one record shows."""
    said = Exists(Comment.objects.filter(activity=OuterRef("pk")))
    return (
        rows.annotate(has_comments=said)
        .select_related(
            "organization",
            "kind",
            "sub_kind",
            "occasion",
            "host_organization",
            "host_activity",
            "host_activity__organization",
        )
        .prefetch_related(
            Prefetch("photos", queryset=ActivityPhoto.objects.select_related("photo")),
            Prefetch(
                "participations",
                queryset=_by_position(Participation.objects.select_related("group"), "group"),
            ),
            Prefetch(
                "measures", queryset=_by_position(MeasureValue.objects.select_related("measure"), "measure")
            ),
            Prefetch("flags", queryset=Flag.objects.select_related("other__organization").order_by("id")),
            Prefetch("steps", queryset=Step.objects.select_related("by", "organization")),
        )
    )


def _by_position(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    return rows.order_by(f"{name}__position", f"{name}_id")


def neighbours(
    rows: ActivityQuerySet, activity: Activity, filters: ReviewFilters
) -> tuple[UUID | None, UUID | None]:
    """UUIDs of the records before and after one in the order of its box (it need not be in it any more)."""
    at = activity.submitted_at
    if at is None:
        return None, None
    earlier = Q(submitted_at__lt=at) | Q(submitted_at=at, id__lt=activity.pk)
    later = Q(submitted_at__gt=at) | Q(submitted_at=at, id__gt=activity.pk)
    before = Subquery(rows.filter(earlier).order_by("-submitted_at", "-id").values("uuid")[:1])
    behind = Subquery(rows.filter(later).order_by("submitted_at", "id").values("uuid")[:1])
    found = Activity.objects.filter(pk=activity.pk).values_list(before, behind).first()
    up, down = found or (None, None)
    return (up, down) if filters.show in (WAITING, FLAGGED) else (down, up)


def after(rows: ActivityQuerySet, activity: Activity, filters: ReviewFilters) -> UUID | None:
    """Where to go when a record leaves its box: the next one, else the first that is left."""
    at = activity.submitted_at
    uuids = rows.exclude(pk=activity.pk).values("uuid")
    if at is None:
        return rows.exclude(pk=activity.pk).values_list("uuid", flat=True).first()
    if filters.show in (WAITING, FLAGGED):
        beyond = Q(submitted_at__gt=at) | Q(submitted_at=at, id__gt=activity.pk)
    else:
        beyond = Q(submitted_at__lt=at) | Q(submitted_at=at, id__lt=activity.pk)
    following = Coalesce(Subquery(uuids.filter(beyond)[:1]), Subquery(uuids[:1]))
    return Activity.objects.filter(pk=activity.pk).values_list(following, flat=True).first()


def last_step(activity: Activity) -> Step | None:
    return activity.steps.select_related("organization").order_by("-id").first()


def accepted_by(activity: Activity) -> Organization | None:
    """The office that accepted the record last, if any."""
    step = activity.steps.filter(act=Act.ACCEPTED).select_related("organization").order_by("-id").first()
    return step.organization if step else None


def selectable(viewer: Viewer, filters: ReviewFilters, now: datetime, *, limit: int) -> list[tuple[int, int]]:
    """Ids and revisions of the waiting records under the filters that were looked at and carry no flag, oldest first."""
    rows = boxed(reviewable(viewer), filters.showing(WAITING), now).filter(flag_count=0, awaits_look=False)
    return list(rows.values_list("pk", "revision")[:limit])


def offered_months(now: datetime) -> list[date]:
    """Months to choose from, this one first."""
    this = month_of(today(now))
    return [add_months(this, -count) for count in range(MONTHS_OFFERED)]


def offered_places(viewer: Viewer) -> list[tuple[str, str]]:
    """One step down from the viewer's office: provinces, districts or offices, as (code, name)."""
    office = viewer.organization
    if office is None:
        return []
    below = Organization.objects.below(office).open()
    wanted = {
        Level.DEPARTMENT: below.filter(level=Level.PROVINCE),
        Level.PROVINCE: below.filter(level=Level.DISTRICT),
        Level.DISTRICT: below.laos(),
    }.get(Level(office.level))
    if wanted is None:
        return []
    return list(wanted.order_by("sort_key", "pk").values_list("code", "short_name"))
