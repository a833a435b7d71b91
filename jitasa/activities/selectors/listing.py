"""The list of records a person may see, filtered and sorted in the query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from jitasa.activities.choices import LIVE, Basis, Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo, PhotoState
from jitasa.rounds.counted import NO_OCCASION, SET_BY_CENTRE
from jitasa.rounds.selectors.tallies import states_within
from jitasa.thai.dates import last_day
from jitasa.ui.keyset import Counted
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
    without an important day and -1 for days that a centre set (``none`` and ``centre`` in the address), ``office`` stands for itself and the offices below it in that month.
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
            occasion=_occasion(query.get("occasion", "")),
            office=identifier(query.get("office", "") or query.get("organization", "")),
            text=query.get("q", "").strip()[:100],
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def by_day(self) -> bool:
        return self.sort in ("date", "-date")

    @property
    def narrowed(self) -> bool:
        ids = self.occasion is not None or self.office is not None
        return bool(self.status or self.month or self.kind or ids or self.text)


def _occasion(text: str) -> int | None:
    unnamed = {"none": NO_OCCASION, "centre": SET_BY_CENTRE}
    return unnamed[text] if text in unnamed else identifier(text)


def _with_occasion(occasion: int) -> Q:
    """The same split as the tallies make (``services.tallying``)."""
    if occasion == SET_BY_CENTRE:
        return Q(occasion=None, basis=Basis.CENTRE)
    return Q(occasion=occasion) if occasion else Q(occasion=None) & ~Q(basis=Basis.CENTRE)


def listed(viewer: Viewer, filters: RecordFilters) -> QuerySet[Activity]:
    """Records by the filters. Withdrawn ones show only when asked for."""
    rows = with_names(Activity.objects.visible_to(viewer))
    wanted = _with_status(filters.status)
    if filters.month and viewer.level == Level.DEPARTMENT:
        # What is sent has a day in its month: the order by day begins there. The month itself is no index's here:
        # PostgreSQL multiplies the shares of both, takes the month for some hundred records and sorts them all.
        rows = rows.alias(reported_in=Coalesce("month", Value(filters.month)))
        wanted &= Q(reported_in=filters.month, start_date__range=(filters.month, last_day(filters.month)))
    elif filters.month:
        wanted &= Q(month=filters.month)
    if filters.kind:
        wanted &= Q(kind__code=filters.kind)
    if filters.occasion is not None:
        wanted &= _with_occasion(filters.occasion)
    if filters.office is not None:
        wanted &= _within(filters.office, filters.month)
    wanted &= holding(filters.text, "search_text")
    return rows.filter(wanted).order_by(*SORTS[filters.sort])


def sortable(viewer: Viewer, filters: RecordFilters) -> tuple[QuerySet[Activity], Counted, bool]:
    """The rows of :func:`listed`, how many they are, and whether they stand in the order asked for.

    More than are counted (``Counted``) stand by day unless one month is asked for: no index has millions of records by
    their people or names, and nobody reads them so.
    """
    rows = listed(viewer, filters)
    count = Counted.of(rows)
    if count.more and filters.month is None and not filters.by_day:
        return rows.order_by(*SORTS[DEFAULT_SORT]), count, False
    return rows, count, True


def with_names(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With the kind and the office of each."""
    return rows.select_related("kind", "organization")


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
