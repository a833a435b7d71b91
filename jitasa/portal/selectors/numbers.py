"""Numbers of the public site: of accepted records only, read from the tallies that officers' boards read.

``activities`` and ``people`` count a joint event once, as every level above the office does; of a local
government's own page they are its records and all who came to them. Offices count as at the month.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Sum
from django.utils.translation import get_language

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.rounds.models import Tally, TallyStatus
from jitasa.rounds.rules import series_known
from jitasa.rounds.selectors.lists import kind_labels
from jitasa.rounds.selectors.rounds import asked_months
from jitasa.rounds.selectors.tallies import (
    ACCEPTED,
    ZERO,
    Sums,
    by_area,
    rows_within,
    series_by_kind,
)
from jitasa.thai.dates import add_months
from jitasa.ui.kept import Times, kept

SPAN = 12  # months of a trend
KEPT = Times(fresh=60, most=300)  # fresh as long as browsers may keep the page itself


@dataclass(frozen=True)
class PublicNumbers:
    """``months`` are the twelve up to ``month``, oldest first, ``None`` for one without a round; ``kinds`` and ``year`` sum over them."""

    month: date
    activities: int = 0
    people: int = 0
    offices: int = 0
    months: tuple[tuple[date, int | None], ...] = ()
    kinds: tuple[tuple[str, str, int], ...] = ()  # (code, words, activities), the most first
    year_activities: int = 0
    year_people: int = 0


@dataclass(frozen=True)
class Country:
    """The whole country: its numbers, and events of the month by two-digit province code."""

    numbers: PublicNumbers
    provinces: Mapping[str, int] = field(default_factory=dict)


def newest_month(today: date, office: Organization | None = None) -> date:
    """This month if anything of it is accepted already, else the last one of which something is."""
    this = today.replace(day=1)
    rows = Tally.objects.filter(status=TallyStatus.ACCEPTED, activities__gt=0, month__lte=this)
    if office is not None and office.level == Level.LAO:
        rows = rows.filter(organization=office)
    newest: date | None = rows.aggregate(newest=Max("month"))["newest"]
    return newest or this


def country(today: date) -> Country:
    """The country's numbers, kept (``KEPT``); nothing before a department is founded."""
    return kept(f"portal:country:{today}:{get_language()}", KEPT, lambda: _country(today))


def _country(today: date) -> Country:
    month = newest_month(today)
    office = Organization.objects.filter(level=Level.DEPARTMENT).first()
    if office is None:
        return Country(PublicNumbers(month))
    provinces = by_area(office, month, "province_code", amounts_of=ACCEPTED)
    counted = {code: sums.events for code, sums in provinces.items() if code and sums.events}
    return Country(of_office(office, month), counted)


def of_place(office: Organization, month: date) -> PublicNumbers:
    """The same as ``of_office``, kept (``KEPT``)."""
    return kept(f"portal:place:{office.pk}:{month}:{get_language()}", KEPT, lambda: of_office(office, month))


def by_district(province: Organization, month: date) -> Mapping[str, int]:
    """Activities of a month by district code, kept (``KEPT``)."""
    return kept(f"portal:districts:{province.pk}:{month}", KEPT, lambda: _by_district(province, month))


def _by_district(province: Organization, month: date) -> dict[str, int]:
    areas = by_area(province, month, "district_code", amounts_of=ACCEPTED)
    return {code: sums.events for code, sums in areas.items()}


def of_office(office: Organization, month: date) -> PublicNumbers:
    """An office and what stood within it, month by month."""
    months = [add_months(month, back) for back in range(1 - SPAN, 1)]
    sums = series_by_kind(office, months, amounts_of=ACCEPTED)
    by_month = {each: _add(sums, month=each) for each in months}
    now = by_month[month]
    drawn = series_known(
        months, [_activities(office, by_month[each]) for each in months], asked_months(months)
    )
    return PublicNumbers(
        month=month,
        activities=_activities(office, now),
        people=_people(office, now),
        offices=_offices(office, month) if office.level != Level.LAO else 1,
        months=tuple(zip(months, drawn, strict=True)),
        kinds=_kinds(office, sums),
        year_activities=sum(_activities(office, each) for each in by_month.values()),
        year_people=sum(_people(office, each) for each in by_month.values()),
    )


def _activities(office: Organization, sums: Sums) -> int:
    return sums.accepted if office.level == Level.LAO else sums.events


def _people(office: Organization, sums: Sums) -> int:
    """An office itself tells of everybody who came to what it did; those above count an event once."""
    return sums.participants if office.level == Level.LAO else sums.people


def _add(sums: Mapping[tuple[date, str], Sums], month: date) -> Sums:
    return sum((each for (at, _kind), each in sums.items() if at == month), ZERO)


def _offices(office: Organization, month: date) -> int:
    rows = rows_within(office, month).filter(status=TallyStatus.ACCEPTED, activities__gt=0)
    return rows.values("organization").distinct().count()


def _kinds(office: Organization, sums: Mapping[tuple[date, str], Sums]) -> tuple[tuple[str, str, int], ...]:
    counted: dict[str, int] = {}
    for (_month, kind), each in sums.items():
        counted[kind] = counted.get(kind, 0) + _activities(office, each)
    words = kind_labels()
    rows = [(code, words.get(code, code), count) for code, count in counted.items() if count]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))


def of_days(row_ids: list[int]) -> tuple[int, int, int, dict[str, int]]:
    """(activities, people, offices, activities by province code) of an important day under all its rows."""
    rows = Tally.objects.filter(occasion_id__in=row_ids, status=TallyStatus.ACCEPTED, activities__gt=0)
    found = rows.order_by().values_list("organization_id", "organization__province_code")
    per_office = list(found.annotate(a=Sum("events"), p=Sum("people")))
    provinces: dict[str, int] = {}
    for row in per_office:
        if row[2]:
            provinces[row[1]] = provinces.get(row[1], 0) + row[2]
    total = sum(row[2] for row in per_office), sum(row[3] for row in per_office)
    return *total, len(per_office), provinces
