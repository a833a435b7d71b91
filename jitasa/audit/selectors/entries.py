"""Which entries a person may read."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from jitasa.audit.models import Entry
from jitasa.thai.dates import BANGKOK


@dataclass(frozen=True)
class Span:
    """The days, the last one included, on which a person served in the office that was her home."""

    user_id: int
    first_day: date
    last_day: date | None = None


class Reader(Protocol):
    """Who reads the audit. ``organizations.Viewer`` is one; the audit stands below that app."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def is_administrator(self) -> bool: ...
    def visible_offices(self) -> QuerySet[Any]: ...
    def spans_at(self, office_id: int) -> Sequence[Span]: ...
    def in_own_line(self, user_ids: Collection[int]) -> set[int]: ...
    def names_of(self, user_ids: Collection[int], *, of: int) -> dict[int, str]: ...
    def people_called(self, text: str) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class EntryFilters:
    """What the page was asked for; empty means everything."""

    person: str = ""
    verb: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries_of(reader: Reader, office_id: int, filters: EntryFilters) -> QuerySet[Entry]:
    """The newest first: acts in the office, and what its own people did outside any office (sign-ins)
    while they served there and it was their home office.

    The caller has found the office among ``reader.visible_offices()``.
    """
    rows = Entry.objects.filter(Q(office_id=office_id) | _outside_any_office(reader.spans_at(office_id)))
    if filters.person:
        called = reader.people_called(filters.person).values("pk")
        rows = rows.filter(Q(actor_name__icontains=filters.person) | Q(actor_id__in=called))
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.first_day:
        rows = rows.filter(at__gte=_midnight(filters.first_day))
    if filters.last_day:
        rows = rows.filter(at__lt=_midnight(filters.last_day + timedelta(days=1)))
    return rows.order_by("-at", "-id")


def _outside_any_office(spans: Sequence[Span]) -> Q:
    """Entries in the chains of people, each within a span; spans of the same days share one condition."""
    people: dict[tuple[date, date | None], list[str]] = {}
    for span in spans:
        people.setdefault((span.first_day, span.last_day), []).append(f"person:{span.user_id}")
    found = Q(pk__in=[])
    for (first, last), chains in people.items():
        within = Q(office_id=None, chain__in=chains, at__gte=_midnight(first))
        found |= within & Q(at__lt=_midnight(last + timedelta(days=1))) if last else within
    return found


def addresses_shown(reader: Reader, entries: Iterable[Entry]) -> set[int]:
    """The actors whose network addresses the reader may see: people whose home office is in her line."""
    return reader.in_own_line({entry.actor_id for entry in entries if entry.actor_id is not None})


def names_shown(reader: Reader, entries: Iterable[Entry], office_id: int) -> dict[int, str]:
    """How the office's page calls each actor today; an entry itself keeps the name of the day of the act."""
    return reader.names_of({entry.actor_id for entry in entries if entry.actor_id is not None}, of=office_id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BANGKOK)
