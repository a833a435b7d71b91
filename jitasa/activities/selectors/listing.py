"""The list of records a person may see, filtered and sorted in the query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import parse_month
from jitasa.thai.text import search_key

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


@dataclass(frozen=True)
class Filters:
    """What narrows the list, as read from the address; nonsense narrows nothing."""

    status: str = ""
    month: date | None = None
    kind: str = ""
    occasion: int | None = None
    office: int | None = None
    text: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        try:
            month = parse_month(query.get("month", ""))
        except ValueError:
            month = None
        status, sort = query.get("status", ""), query.get("sort", "")
        return cls(
            status=status if status in Status.values else "",
            month=month,
            kind=query.get("kind", "")[:40],
            occasion=_id(query.get("occasion", "")),
            office=_id(query.get("office", "")),
            text=query.get("q", "").strip()[:100],
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.status or self.month or self.kind or self.occasion or self.office or self.text)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def listed(viewer: Viewer, filters: Filters) -> QuerySet[Activity]:
    """Records by the filters. Withdrawn ones show only when asked for."""
    rows = Activity.objects.visible_to(viewer).select_related("kind", "organization")
    wanted = Q(status=filters.status) if filters.status else ~Q(status=Status.WITHDRAWN)
    if filters.month:
        wanted &= Q(month=filters.month)
    if filters.kind:
        wanted &= Q(kind__code=filters.kind)
    if filters.occasion:
        wanted &= Q(occasion=filters.occasion)
    if filters.office:
        wanted &= Q(organization=filters.office)
    for word in search_key(filters.text).split():
        wanted &= Q(search_text__contains=word)
    return rows.filter(wanted).order_by(*SORTS[filters.sort])
