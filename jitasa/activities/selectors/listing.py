"""The list of records a person may see, filtered and sorted in the query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jitasa.activities.choices import LIVE, Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo, PhotoState
from jitasa.rounds.selectors.tallies import states_within
from jitasa.ui.reading import identifier, month_or_none
from jitasa.ui.searching import holding

SORTS: Mapping[str, tuple[str, ...]] = {
    "date": ("start_date", "id"),
    "-date": ("-start_date", "-id"),
    "people": ("participants", "id"),
    "-people": ("-participants", "-id"),
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "office": ("organization__sort_key", "-start_date", "-id"),
    "-office": ("-organization__sort_key", "-start_date", "-id"),
}
DEFAULT_SORT = "-date"
ALL_LIVE = "live"


@dataclass(frozen=True)
class RecordFilters:
    """What narrows the list, as read from the address; nonsense narrows nothing.

    ``status`` may be ``live`` (submitted or accepted: what boards count), ``occasion`` 0 for records
    without an important day, ``office`` stands for itself and the offices below it in that month.
    """

    status: str = ""
    month: date | None = None
    kind: str = ""
    occasion: int | None = None
    office: int | None = None
    text: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "RecordFilters":
        status, sort = query.get("status", ""), query.get("sort", "")
        return cls(
            status=status if status in (*Status.values, ALL_LIVE) else "",
            month=month_or_none(query.get("month", "")),
            kind=query.get("kind", "")[:40],
            occasion=identifier(query.get("occasion", "")),
            office=identifier(query.get("office", "") or query.get("organization", "")),
            text=query.get("q", "").strip()[:100],
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def narrowed(self) -> bool:
        ids = self.occasion is not None or self.office is not None
        return bool(self.status or self.month or self.kind or ids or self.text)


def listed(viewer: Viewer, filters: RecordFilters) -> QuerySet[Activity]:
    """Records by the filters. Withdrawn ones show only when asked for."""
    rows = Activity.objects.visible_to(viewer).select_related("kind", "organization")
    wanted = _with_status(filters.status)
    if filters.month:
        wanted &= Q(month=filters.month)
    if filters.kind:
        wanted &= Q(kind__code=filters.kind)
    if filters.occasion is not None:
        wanted &= Q(occasion=filters.occasion or None)
    if filters.office is not None:
        wanted &= _within(filters.office, filters.month)
    wanted &= holding(filters.text, "search_text")
    return rows.filter(wanted).order_by(*SORTS[filters.sort])


def leads_of(rows: Iterable[Activity]) -> dict[int, Photo]:
    """Activity id → its leading picture, where that can be shown. One statement for a page of rows."""
    uses = ActivityPhoto.objects.filter(activity__in=[row.pk for row in rows], position=0)
    ready = uses.filter(photo__state=PhotoState.READY).select_related("photo")
    return {use.activity_id: use.photo for use in ready}


def _with_status(status: str) -> Q:
    if status == ALL_LIVE:
        return Q(status__in=LIVE)
    return Q(status=status) if status else ~Q(status=Status.WITHDRAWN)


def _within(office_id: int, month: date | None) -> Q:
    """An office and those below it: as they stood in the month, else as they stand today."""
    office = Organization.objects.filter(pk=office_id).first()
    if office is None:
        return Q(pk__in=[])
    if office.level == Level.LAO:
        return Q(organization=office)
    if month is not None:
        return Q(organization__in=states_within(office, month).values("organization"))
    return Q(organization__path__startswith=office.path) | Q(organization__lies_in=office)
