"""Which entries a person may read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from jitasa.audit.models import Entry
from jitasa.thai.dates import BANGKOK


class Reader(Protocol):
    """Who reads the audit. ``organizations.Viewer`` is one; the audit stands below that app."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def is_administrator(self) -> bool: ...
    def visible_offices(self) -> QuerySet[Any]: ...
    def people_of(self, office_id: int) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class Filters:
    """What the page was asked for; empty means everything."""

    person: str = ""
    verb: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries_of(reader: Reader, office_id: int, filters: Filters) -> QuerySet[Entry]:
    """The newest first: acts in the office, and sign-ins of people who hold or held a post there.

    The caller has found the office among ``reader.visible_offices()``.
    """
    outside_any_office = Q(office_id=None, chain__in=_person_chains(reader, office_id))
    rows = Entry.objects.filter(Q(office_id=office_id) | outside_any_office)
    if filters.person:
        rows = rows.filter(actor_name__icontains=filters.person)
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.first_day:
        rows = rows.filter(at__gte=_midnight(filters.first_day))
    if filters.last_day:
        rows = rows.filter(at__lt=_midnight(filters.last_day + timedelta(days=1)))
    return rows.order_by("-at", "-id")


def _person_chains(reader: Reader, office_id: int) -> list[str]:
    return [f"person:{pk}" for pk in reader.people_of(office_id)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BANGKOK)
