"""Tallies against records: two streams in the same order, one office and month at a time.

The records' numbers of all offices are added up on the way, and the sums of the country compared with them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from jitasa.activities.choices import Basis, Status
from jitasa.activities.models import Activity
from jitasa.checking import Difference
from jitasa.organizations.models import Organization
from jitasa.rounds.counted import NO_OCCASION, SET_BY_CENTRE
from jitasa.rounds.models import CountrySum, Tally
from jitasa.thai.dates import month_slug

OfficeMonth = tuple[int, date]
OfMonth = tuple[date, str, str]  # month, status, kind code: of the whole country
Fine = tuple[str, str, int]  # status, kind code, occasion id
Counts = tuple[int | Decimal, ...]  # in the order of Tally.COUNTS
CHUNK = 2000
NOTHING: Counts = tuple(0 for _name in Tally.COUNTS)


def differences() -> Iterator[Difference]:
    """Tally rows that are wrong, missing or too many."""
    names: dict[int, str] = {}
    country: dict[OfMonth, Counts] = {}
    for office_month, stored, counted in _merged(_groups(stored_rows()), _groups(counted_rows())):
        for (status, kind, _occasion), counts in counted.items():
            of_month = (office_month[1], status, kind)
            country[of_month] = _added(country.get(of_month, NOTHING), counts)
        for fine in sorted(stored.keys() | counted.keys()):
            have, want = stored.get(fine, NOTHING), counted.get(fine, NOTHING)
            if have != want:
                organization_id = office_month[0]
                if organization_id not in names:
                    names = {organization_id: str(Organization.objects.get(pk=organization_id))}
                yield _difference(names[organization_id], office_month, fine, have, want)
    yield from _country_differences(country)


def _added(one: Counts, other: Counts) -> Counts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _country_differences(counted: dict[OfMonth, Counts]) -> Iterator[Difference]:
    rows = CountrySum.objects.order_by().values_list("month", "status", "kind_code")
    kept = {
        (row[0], row[1], row[2]): _exact(row[3:])
        for row in rows.annotate(*[Sum(name) for name in CountrySum.COUNTS])
    }
    for key in sorted(kept.keys() | counted.keys()):
        have, want = kept.get(key, NOTHING), counted.get(key, NOTHING)
        if have != want:
            month, status, kind = key
            where = f"{month_slug(month)} {Status(status).label} {kind or '–'}"
            stored, right = _wrong(have, want)
            yield Difference(what="country_sum", where=where, stored=stored, counted=right, key=key)


def _wrong(have: Counts, want: Counts) -> tuple[str, str]:
    """The numbers that differ, in words: as they stand, and as they should be."""
    wrong = [(name, old, new) for name, old, new in zip(Tally.COUNTS, have, want, strict=True) if old != new]
    return ", ".join(f"{name}={old}" for name, old, _new in wrong), ", ".join(
        f"{name}={new}" for name, _old, new in wrong
    )


def counted_rows(records: QuerySet[Activity] | None = None) -> QuerySet[Any, Any]:
    """What the tallies should be, from the records themselves."""
    records = Activity.objects.all() if records is None else records
    unnamed = Case(When(basis=Basis.CENTRE, then=SET_BY_CENTRE), default=NO_OCCASION)
    return (
        records.exclude(status=Status.WITHDRAWN)
        .order_by("organization_id", "month")
        .values_list(
            "organization_id",
            "month",
            "status",
            Coalesce(F("kind__code"), Value("")),
            Coalesce(F("occasion_id"), unnamed),
        )
        .annotate(
            n_activities=Count("pk"),
            n_events=Sum(Case(When(counts_upwards=True, then=1), default=0, output_field=IntegerField())),
            n_participants=Sum("participants"),
            n_people=_upwards("participants"),
            n_men=_upwards("men"),
            n_women=_upwards("women"),
            n_photos=Sum("photo_count"),
            n_budget=Coalesce(Sum("budget_amount"), Decimal(0)),
        )
    )


def _upwards(name: str) -> Any:
    """The sum over the records that count for their events."""
    return Coalesce(Sum(F(name), filter=Q(counts_upwards=True)), 0)


def stored_rows(tallies: QuerySet[Tally] | None = None) -> QuerySet[Any, Any]:
    """The tallies in the same columns and order."""
    tallies = Tally.objects.all() if tallies is None else tallies
    return tallies.order_by("organization_id", "month").values_list(
        "organization_id", "month", "status", "kind_code", "occasion_id", *Tally.COUNTS
    )


def _groups(rows: QuerySet[Any, Any]) -> Iterator[tuple[OfficeMonth, dict[Fine, Counts]]]:
    for office_month, group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: (row[0], row[1])):
        yield office_month, by_fine_key(group)


def by_fine_key(rows: Iterable[tuple[Any, ...]]) -> dict[Fine, Counts]:
    """Status, kind and occasion → counts; rows of nothing but zeros say nothing and are left out."""
    found = {(row[2], row[3], row[4]): _exact(row[5:]) for row in rows}
    return {fine: counts for fine, counts in found.items() if counts != NOTHING}


def _exact(counts: tuple[Any, ...]) -> Counts:
    """Money to the satang: SQLite sums decimals as floats."""
    *whole, budget = counts
    return (*(int(value) for value in whole), Decimal(str(budget)).quantize(Decimal("0.01")))


Group = tuple[OfficeMonth, dict[Fine, Counts]]


def _merged(
    left: Iterator[Group], right: Iterator[Group]
) -> Iterator[tuple[OfficeMonth, dict[Fine, Counts], dict[Fine, Counts]]]:
    """Both streams side by side; either may lack an office's month."""
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], one[1], {}
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], {}, other[1]
            other = next(right, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)


def _difference(office: str, office_month: OfficeMonth, fine: Fine, have: Counts, want: Counts) -> Difference:
    organization_id, month = office_month
    status, kind, occasion_id = fine
    stored, counted = _wrong(have, want)
    where = f"{office} {month_slug(month)} {Status(status).label} {kind or '–'} วันสำคัญ {occasion_id or '–'}"
    return Difference(
        what="tally",
        where=where,
        stored=stored,
        counted=counted,
        key=(organization_id, month, *fine),
    )
