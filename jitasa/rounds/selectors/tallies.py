"""Sums of the tallies for boards, statements and compilations.

"Within an office" is answered as at the period: the offices that stood below it in the month asked
for, wherever they stand today, a merged office included for the month in which it ended. A district
also has what lies in it, as in ``organizations.scope``. The department has everybody, with no join.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db.models import F, Q, QuerySet, Sum

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.counted import COUNTED
from jitasa.rounds.models import CountrySum, Tally, TallyStatus
from jitasa.thai.dates import last_day

LIVE = Q(status__in=[TallyStatus.SUBMITTED, TallyStatus.ACCEPTED])
ACCEPTED = Q(status=TallyStatus.ACCEPTED)  # what the public is told of
BY_STATUS = {
    "drafts": TallyStatus.DRAFT,
    "awaiting": TallyStatus.AWAITING,
    "submitted": TallyStatus.SUBMITTED,
    "returned": TallyStatus.RETURNED,
    "accepted": TallyStatus.ACCEPTED,
}


@dataclass(frozen=True)
class Sums:
    """Records by status, and what the live ones (submitted, accepted) amount to, unless asked for others.

    ``participants`` counts every office's own head count; ``events`` and ``people`` count a joint
    event once. ``budget`` is in baht.
    """

    drafts: int = 0
    awaiting: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    events: int = 0
    participants: int = 0
    people: int = 0
    men: int = 0
    women: int = 0
    photos: int = 0
    budget: Decimal = Decimal(0)

    @property
    def live(self) -> int:
        """Activities reported: submitted or accepted."""
        return self.submitted + self.accepted

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Sums)})


ZERO = Sums()


def _columns(amounts_of: Q = LIVE) -> dict[str, Any]:
    counted = {name: Sum("activities", filter=Q(status=status)) for name, status in BY_STATUS.items()}
    live = {f"live_{name}": Sum(name, filter=amounts_of) for name in COUNTED if name != "activities"}
    return {f"n_{name}": column for name, column in counted.items()} | live


def _sums(row: dict[str, Any]) -> Sums:
    found = {name.removeprefix("n_").removeprefix("live_"): value for name, value in row.items()}
    known: dict[str, Any] = {f.name: found[f.name] for f in fields(Sums) if found.get(f.name)}
    return Sums(**known)


def states_within(office: Organization, month: date) -> QuerySet[OrganizationState]:
    """The dated states of the offices within ``office`` in ``month``, itself included: one an office."""
    first, last = month, last_day(month)
    at_the_end = Q(valid_from__lte=last) & (Q(valid_to=None) | Q(valid_to__gt=last))
    ended = Q(valid_to__gt=first, valid_to__lte=last, organization__closed_on=F("valid_to"))
    states = OrganizationState.objects.filter(at_the_end | ended)
    if office.level == Level.DEPARTMENT:
        return states
    within = Q(path__startswith=_path_in(office, last))
    if office.level == Level.DISTRICT:
        within |= Q(lies_in=office.pk)
    return states.filter(within)


def _path_in(office: Organization, day: date) -> str:
    state = OrganizationState.objects.as_at(day).filter(organization=office).values_list("path", flat=True)
    return state.first() or office.path


def rows_within(office: Organization, month: date) -> QuerySet[Tally]:
    """The tallies of one month within an office, as at the period."""
    rows = Tally.objects.filter(month=month)
    if office.level == Level.DEPARTMENT:
        return rows
    return rows.filter(organization__in=states_within(office, month).values("organization_id"))


def totals(office: Organization, month: date) -> Sums:
    """The month of an office and everything below it."""
    return _sums(_sums_within(office, month).aggregate(**_columns()))


def _sums_within(office: Organization, month: date) -> QuerySet[Any]:
    """Rows that add up to the month within an office: of the whole country those that are kept of it."""
    if office.level == Level.DEPARTMENT:
        return CountrySum.objects.filter(month=month)
    return rows_within(office, month)


def own_sums(organization_id: int, month: date) -> Sums:
    """The month of one office alone."""
    return _sums(Tally.objects.filter(organization_id=organization_id, month=month).aggregate(**_columns()))


def own_sums_of_months(organization_id: int, months: Collection[date]) -> dict[date, Sums]:
    """The same for several months, in one query."""
    found = _grouped(Tally.objects.filter(organization_id=organization_id, month__in=months), "month")
    return {month: found.get(month, ZERO) for month in months}


def by_organization(office: Organization, month: date) -> dict[int, Sums]:
    """Office id → its month, for all offices within ``office`` that have any record."""
    return _grouped(rows_within(office, month), "organization_id")


def by_organization_ids(ids: Collection[int], month: date) -> dict[int, Sums]:
    """The same for given offices (a page of a list)."""
    return _grouped(Tally.objects.filter(month=month, organization_id__in=ids), "organization_id")


def by_kind(office: Organization, month: date) -> dict[str, Sums]:
    """Kind code → sums; words by ``selectors.lists.kind_labels``."""
    return _grouped(_sums_within(office, month), "kind_code")


def by_occasion(office: Organization, month: date) -> dict[int, Sums]:
    """Occasion id → sums, 0 for records without one."""
    return _grouped(rows_within(office, month), "occasion_id")


Area = Literal["province_code", "district_code"]


def by_area(office: Organization, month: date, area: Area, *, amounts_of: Q = LIVE) -> dict[str, Sums]:
    """Area code → sums, by where each office lay in the month (a town municipality under its district)."""
    last = last_day(month)
    open_then = Q(organization__states__valid_to=None) | Q(organization__states__valid_to__gt=last)
    ended = Q(
        organization__states__valid_to__gt=month,
        organization__states__valid_to__lte=last,
        organization__closed_on=F("organization__states__valid_to"),
    )
    rows = rows_within(office, month).filter(
        (Q(organization__states__valid_from__lte=last) & open_then) | ended
    )
    return _grouped(rows, f"organization__states__{area}", amounts_of)


def _grouped(rows: QuerySet[Any], column: str, amounts_of: Q = LIVE) -> dict[Any, Sums]:
    found = rows.order_by().values(column).annotate(**_columns(amounts_of))
    return {row.pop(column): _sums(row) for row in found}


def series(office: Organization, months: Sequence[date], *, amounts_of: Q = LIVE) -> dict[date, Sums]:
    """Month → sums within an office, each month as at its own time; months without records included.

    Three queries below the department, one for it.
    """
    sums = dict.fromkeys(months, ZERO)
    for (month,), part in _over(office, months, [], amounts_of):
        sums[month] += part
    return sums


def series_by_kind(
    office: Organization, months: Sequence[date], *, amounts_of: Q = LIVE
) -> dict[tuple[date, str], Sums]:
    """(Month, kind code) → sums within an office, as ``series`` and with as many queries."""
    sums: dict[tuple[date, str], Sums] = {}
    for (month, kind), part in _over(office, months, ["kind_code"], amounts_of):
        sums[month, kind] = sums.get((month, kind), ZERO) + part
    return sums


def _over(
    office: Organization, months: Sequence[date], columns: list[str], amounts_of: Q
) -> Iterator[tuple[Any, Sums]]:
    """((month, *columns), sums): of each month only the offices that stood within ``office`` then."""
    rows: QuerySet[Any] = CountrySum.objects.filter(month__in=months).order_by()
    members: dict[date, frozenset[int]] | None = None
    if office.level != Level.DEPARTMENT:
        rows = Tally.objects.filter(month__in=months).order_by()
        members = _members(office, months)
        everybody = frozenset[int]().union(*members.values())
        rows = rows.filter(organization_id__in=everybody)
        if all(ids == everybody for ids in members.values()):  # nobody came or went
            members = None
    names = ["month", *columns]
    by = names if members is None else [*names, "organization_id"]
    found: Iterable[Any] = rows.values(*by).annotate(**_columns(amounts_of))
    for row in found:
        key = tuple(row.pop(name) for name in names)
        if members is None or row.pop("organization_id") in members[key[0]]:
            yield key, _sums(row)


def _members(office: Organization, months: Sequence[date]) -> dict[date, frozenset[int]]:
    """Month → ids of the offices within ``office`` then; the same answer as ``states_within``."""
    paths = OrganizationState.objects.filter(organization=office).values_list("path", flat=True)
    within = Q(lies_in=office.pk) if office.level == Level.DISTRICT else Q()
    for path in {*paths, office.path}:
        within |= Q(path__startswith=path)
    states = list(
        OrganizationState.objects.filter(within, valid_from__lte=last_day(max(months)))
        .exclude(valid_to__lte=min(months))
        .values_list("organization_id", "valid_from", "valid_to", "organization__closed_on")
    )
    return {
        month: frozenset(pk for pk, first, end, closed in states if _counts_in(month, first, end, closed))
        for month in months
    }


def _counts_in(month: date, valid_from: date, valid_to: date | None, closed_on: date | None) -> bool:
    """Whether a state is the one of the month: valid on its last day, or the office's last one."""
    last = last_day(month)
    if valid_to is None or valid_to > last:
        return valid_from <= last
    return month < valid_to and valid_to == closed_on


def series_by_organization(ids: Iterable[int], months: Sequence[date]) -> dict[int, list[int]]:
    """Office id → activities reported in each of ``months``, for sparklines. One query."""
    wanted = list(ids)
    rows = (
        Tally.objects.filter(LIVE, organization_id__in=wanted, month__in=months)
        .order_by()
        .values_list("organization_id", "month")
        .annotate(live=Sum("activities"))
    )
    found = {(organization_id, month): live for organization_id, month, live in rows}
    return {pk: [found.get((pk, month), 0) for month in months] for pk in wanted}
