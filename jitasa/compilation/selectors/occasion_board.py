"""Who plans, who did and who did nothing for one important day.

A day that was renamed or moved has several rows in its year, and activities stay with the row they
were linked to: numbers are summed over all of them (``occasions.selectors.rows_of``). Offices count
as at the end of the month the day falls into.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from jitasa.compilation.selectors.boards import child_offices
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.models import Tally, TallyStatus
from jitasa.rounds.selectors.tallies import LIVE, states_within
from jitasa.thai.dates import last_day, month_of

DID, PLANNED, NOTHING = "did", "planned", "nothing"
BEGUN = Q(status__in=[TallyStatus.DRAFT, TallyStatus.AWAITING, TallyStatus.RETURNED])


@dataclass(frozen=True)
class Numbers:
    """Records of one office for one row of the day. ``begun``: draft, awaiting approval or returned."""

    begun: int = 0
    live: int = 0
    events: int = 0
    people: int = 0


@dataclass
class Lao:
    """One LAO under the name it had then; ``expected`` is false for one that ended within the month."""

    office_id: int
    code: str
    label: str
    district_id: int | None
    province_code: str
    expected: bool
    by_row: dict[int, Numbers] = field(default_factory=dict)

    def sum(self, name: str) -> int:
        return sum(getattr(each, name) for each in self.by_row.values())

    @property
    def state(self) -> str:
        if self.sum("live"):
            return DID
        return PLANNED if self.sum("begun") else NOTHING


@dataclass
class OccasionFigures:
    """Offices by state, and what the sent records amount to; joint events count once."""

    offices: int = 0
    did: int = 0
    planned: int = 0
    nothing: int = 0
    activities: int = 0
    events: int = 0
    people: int = 0

    def add(self, lao: Lao) -> None:
        self.activities += lao.sum("live")
        self.events += lao.sum("events")
        self.people += lao.sum("people")
        if lao.expected:
            self.offices += 1
            setattr(self, lao.state, getattr(self, lao.state) + 1)

    @property
    def did_percent(self) -> int:
        return round(100 * self.did / self.offices) if self.offices else 0


@dataclass
class OccasionRow:
    """A province or district (``lao`` empty), or one LAO. ``office_id`` 0: in none of those above it."""

    office_id: int
    code: str
    label: str
    figures: OccasionFigures
    lao: Lao | None = None


@dataclass
class OccasionBoard:
    """``rows`` add up to ``total``; ``versions`` are the day's rows with the records linked to each."""

    occasion: Occasion
    office: Organization
    rows: list[OccasionRow]
    laos: list[Lao]
    total: OccasionFigures
    versions: list[tuple[Occasion, int]]

    @property
    def per_lao(self) -> bool:
        return all(row.lao is not None for row in self.rows)


def board(
    occasion: Occasion, versions: Sequence[Occasion], office: Organization, *, per_lao: bool
) -> OccasionBoard:
    """The board of a day (with all its rows, ``versions``) for an office: children, or LAOs.

    The number of queries does not depend on how many offices there are.
    """
    month = month_of(occasion.date)
    laos = _laos(office, month, [row.pk for row in versions])
    listed = per_lao or office.level in (Level.DISTRICT, Level.LAO)
    rows = _lao_rows(laos) if listed else _child_rows(ReportScope(office, month), laos)
    linked = [(row, sum(lao.by_row.get(row.pk, Numbers()).live for lao in laos)) for row in versions]
    return OccasionBoard(occasion, office, rows, laos, _total(laos), linked)


def _laos(office: Organization, month: date, row_ids: Sequence[int]) -> list[Lao]:
    """The LAOs of the month, by code, and those gone since whose records count here."""
    last = last_day(month)
    found = {lao.office_id: lao for lao in _of_states(states_within(office, month), last)}
    numbers = _numbers(office, row_ids)
    for other in sorted({month_ for (pk, _row), (month_, _n) in numbers.items() if pk not in found}):
        gone = states_within(office, other).filter(organization__in=_missing(numbers, found))
        found |= {lao.office_id: lao for lao in _of_states(gone, last, expected=False)}
    for (pk, row), (_month, sums) in numbers.items():
        if pk in found:
            found[pk].by_row[row] = sums
    kept = [lao for lao in found.values() if lao.expected or lao.by_row]
    return sorted(kept, key=lambda lao: (lao.code, lao.office_id))


def _missing(numbers: dict[tuple[int, int], Any], found: dict[int, Lao]) -> set[int]:
    return {pk for pk, _row in numbers if pk not in found}


def _of_states(states: QuerySet[OrganizationState], last: date, *, expected: bool = True) -> Iterator[Lao]:
    columns = ("organization_id", "code", "short_name", "lies_in_id", "province_code", "valid_to")
    for row in states.filter(organization__level=Level.LAO).values_list(*columns):
        pk, code, label, lies_in, province_code, valid_to = row
        yield Lao(pk, code, label, lies_in, province_code, expected and (valid_to is None or valid_to > last))


def _numbers(office: Organization, row_ids: Sequence[int]) -> dict[tuple[int, int], tuple[date, Numbers]]:
    """(office, row of the day) → (a month of it, numbers), of offices that ever stood here."""
    rows = Tally.objects.filter(occasion_id__in=row_ids)
    if office.level != Level.DEPARTMENT:
        paths = OrganizationState.objects.filter(organization=office).values_list("path", flat=True)
        near = Q(lies_in=office) if office.level == Level.DISTRICT else Q()
        for path in {*paths, office.path}:
            near |= Q(path__startswith=path)
        rows = rows.filter(organization__in=OrganizationState.objects.filter(near).values("organization_id"))
    sums = (
        rows.order_by("month")
        .values_list("organization_id", "occasion_id", "month")
        .annotate(
            n_begun=Sum("activities", filter=BEGUN),
            n_live=Sum("activities", filter=LIVE),
            n_events=Sum("events", filter=LIVE),
            n_people=Sum("people", filter=LIVE),
        )
    )
    found: dict[tuple[int, int], tuple[date, Numbers]] = {}
    for pk, row, month, *values in sums:
        counted = [int(value or 0) for value in values]
        if any(counted):
            known = found.get((pk, row), (month, Numbers()))[1]
            added = (known.begun, known.live, known.events, known.people)
            found[pk, row] = month, Numbers(*(a + b for a, b in zip(added, counted, strict=True)))
    return found


def _total(laos: Iterable[Lao]) -> OccasionFigures:
    total = OccasionFigures()
    for lao in laos:
        total.add(lao)
    return total


def _lao_rows(laos: Iterable[Lao]) -> list[OccasionRow]:
    return [OccasionRow(lao.office_id, lao.code, lao.label, _total([lao]), lao) for lao in laos]


def _child_rows(scope: ReportScope, laos: Iterable[Lao]) -> list[OccasionRow]:
    """Provinces of the country or districts of a province, the empty ones too."""
    children = child_offices(scope)
    rows: dict[str | int | None, OccasionRow] = {
        (code if scope.whole_country else pk): OccasionRow(pk, code, label, OccasionFigures())
        for pk, code, label in children
    }
    rest = OccasionRow(0, "", str(_("อปท. ที่ไม่อยู่ในหน่วยงานข้างต้น")), OccasionFigures())
    for lao in laos:
        key = lao.province_code if scope.whole_country else lao.district_id
        rows.get(key, rest).figures.add(lao)
    return [*rows.values(), *([rest] if rest.figures != OccasionFigures() else [])]
