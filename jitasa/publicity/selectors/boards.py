"""Use and reach, summed: by place, kind of channel, campaign, material and month.

Everything is summed from the live rows in one grouped query over an index; nothing is kept twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from jitasa.organizations.choices import Level
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Broadcast, Campaign, Material

SUMS: dict[str, Any] = {
    "times": Count("pk"),
    "people": Sum("reach"),
    "offices": Count("organization", distinct=True),
    "materials": Count("material", distinct=True),
}
BY = ("place", "channel", "campaign", "material")


@dataclass(frozen=True)
class PublicityFigures:
    """Times, people reached, offices that did it, materials they used."""

    times: int = 0
    people: int = 0
    offices: int = 0
    materials: int = 0


@dataclass(frozen=True)
class PublicityRow:
    """``query`` is what to add to the address of the records; ``office_id`` leads one level down.

    ``every``: of how many offices. ``code``: of a province, for the map.
    """

    label: str
    figures: PublicityFigures
    query: Mapping[str, str | int] = field(default_factory=dict)
    office_id: int = 0
    every: int = 0
    code: str = ""


def total(rows: QuerySet[Broadcast]) -> PublicityFigures:
    return _figures(rows.order_by().aggregate(**SUMS))


def _figures(row: Mapping[str, Any]) -> PublicityFigures:
    return PublicityFigures(**{name: row[name] or 0 for name in SUMS})


def _grouped(rows: QuerySet[Broadcast], column: str) -> dict[Any, PublicityFigures]:
    found = rows.order_by().values(column).annotate(**SUMS)
    return {row[column]: _figures(row) for row in found}


def by(rows: QuerySet[Broadcast], name: str, within: Organization) -> list[PublicityRow]:
    """The rows of one table of the board."""
    if name == "channel":
        return _by_channel(rows)
    if name == "campaign":
        return _by_campaign(rows)
    if name == "material":
        return _by_material(rows)
    return _by_place(rows, within)


def _by_place(rows: QuerySet[Broadcast], within: Organization) -> list[PublicityRow]:
    """One level down: provinces, districts (and what answers to the province itself), or offices."""
    if within.level in (Level.DISTRICT, Level.LAO):
        return _by_office(rows, within)
    below, column = (
        (Level.PROVINCE, "province_code")
        if within.level == Level.DEPARTMENT
        else (Level.DISTRICT, "district_code")
    )
    figures = _grouped(rows, column)
    places = Organization.objects.open().filter(level=below)
    if below == Level.DISTRICT:
        places = places.filter(province_code=within.province_code)
    laos = _laos(within, column)
    found = [
        PublicityRow(
            office.short_name,
            figures.pop(getattr(office, column), PublicityFigures()),
            {"office": office.pk},
            office.pk,
            laos.get(getattr(office, column), 0),
            office.province_code if below == Level.PROVINCE else "",
        )
        for office in places.order_by("sort_key")
    ]
    found.sort(key=lambda row: row.figures.times == 0)  # Thai order, those with nothing last
    if own := figures.pop("", None):
        found.append(PublicityRow(within.short_name, own, {"office": within.pk, "own": 1}))
    return [*found, *_gone(figures)]


def _gone(figures: Mapping[str, PublicityFigures]) -> list[PublicityRow]:
    """Places that have no open office any more keep their line, by code."""
    return [PublicityRow(_("รหัสพื้นที่ %s") % code, each) for code, each in sorted(figures.items())]


def _laos(within: Organization, column: str) -> dict[str, int]:
    rows = Organization.objects.open().laos()
    if within.level == Level.PROVINCE:
        rows = rows.filter(province_code=within.province_code)
    return dict(rows.order_by().values(column).annotate(n=Count("pk")).values_list(column, "n"))


def _by_office(rows: QuerySet[Broadcast], within: Organization) -> list[PublicityRow]:
    """Every office of a district, those that have recorded nothing too."""
    figures = _grouped(rows, "organization")
    here = (
        is_open() & Q(district_code=within.district_code)
        if within.level == Level.DISTRICT
        else Q(pk=within.pk)
    )
    offices = Organization.objects.filter(here | Q(pk__in=figures)).order_by("level", "sort_key")
    return [
        PublicityRow(
            office.short_name,
            figures.get(office.pk, PublicityFigures()),
            {"office": office.pk, "own": 1},
            office.pk if office.is_lao else 0,
        )
        for office in offices
    ]


def _by_channel(rows: QuerySet[Broadcast]) -> list[PublicityRow]:
    """Every kind, in the order of use; kinds nobody used stand last with nothing."""
    figures = _grouped(rows, "channel_kind")
    found = [
        PublicityRow(str(kind.label), figures.get(kind.value, PublicityFigures()), {"kind": kind.value})
        for kind in ChannelKind
    ]
    return sorted(found, key=lambda row: (-row.figures.times, row.label))


def _by_campaign(rows: QuerySet[Broadcast]) -> list[PublicityRow]:
    figures = _grouped(rows, "campaign")
    names = dict(Campaign.objects.filter(pk__in=[pk for pk in figures if pk]).values_list("pk", "title"))
    found = [
        PublicityRow(names[pk], each, {"campaign": pk})
        if pk
        else PublicityRow(_("ใช้เอง ไม่ได้มาจากรอบเผยแพร่"), each, {"campaign": "none"})
        for pk, each in figures.items()
    ]
    return sorted(found, key=lambda row: (-row.figures.times, row.label))


def _by_material(rows: QuerySet[Broadcast]) -> list[PublicityRow]:
    figures = _grouped(rows, "material")
    names = dict(Material.objects.filter(pk__in=[pk for pk in figures if pk]).values_list("pk", "title"))
    found = [
        PublicityRow(names[pk], each, {"material": pk})
        if pk
        else PublicityRow(_("โพสต์กิจกรรมของหน่วยงานเอง"), each, {"material": "posts"})
        for pk, each in figures.items()
    ]
    return sorted(found, key=lambda row: (-row.figures.times, row.label))


def by_month(rows: QuerySet[Broadcast]) -> dict[date, int]:
    """Times a month, only months that have any."""
    found = rows.order_by().annotate(month=TruncMonth("on")).values("month").annotate(n=Count("pk"))
    return dict(found.order_by("month").values_list("month", "n"))


def every_office(within: Organization) -> int:
    """How many local governments stand in the area today."""
    rows = Organization.objects.open().laos()
    if within.level == Level.PROVINCE:
        rows = rows.filter(province_code=within.province_code)
    elif within.level == Level.DISTRICT:
        rows = rows.filter(district_code=within.district_code)
    elif within.level == Level.LAO:
        rows = rows.filter(pk=within.pk)
    return rows.count()
