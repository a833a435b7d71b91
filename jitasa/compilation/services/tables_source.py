"""What is read once for all tables of a month, and what a table is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jitasa.compilation.selectors.boards import clock_for
from jitasa.compilation.selectors.columns import TableColumn
from jitasa.compilation.selectors.places import Place, places
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.states import MonthClock
from jitasa.organizations.choices import Level
from jitasa.organizations.models import OrganizationState
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.models import MonthlyReturn

Table = dict[str, Any]


@dataclass
class TableSource:
    """What has been read once for all tables."""

    scope: ReportScope
    clock: MonthClock
    places: list[Place]
    statements: dict[int, MonthlyReturn]
    provinces: dict[str, tuple[int, str]]
    districts: dict[int, tuple[str, str, str]]
    words: dict[ReturnState, str]


def gather(scope: ReportScope, now: datetime) -> TableSource:
    clock = clock_for(scope.month, now)
    found = places(scope, clock)
    ids = {place.office_id for place in found}
    returns = MonthlyReturn.objects.filter(month=scope.month)
    states = OrganizationState.objects.as_at(scope.month_end)
    above = states.filter(organization__level__in=[Level.PROVINCE, Level.DISTRICT])
    columns = ("organization_id", "code", "short_name", "province_code", "organization__level")
    provinces: dict[str, tuple[int, str]] = {}
    districts: dict[int, tuple[str, str, str]] = {}
    for pk, code, name, province_code, level in above.values_list(*columns):
        if level == Level.PROVINCE:
            provinces[code] = (pk, name)
        else:
            districts[pk] = (code, name, province_code)
    return TableSource(
        scope=scope,
        clock=clock,
        places=found,
        statements={row.organization_id: row for row in returns if row.organization_id in ids},
        provinces=provinces,
        districts=districts,
        words={state: str(state.label) for state in ReturnState},
    )


def table(name: str, title: str, columns: tuple[TableColumn, ...], rows: list[list[Any]]) -> Table:
    """One table; ``columns`` as (key, title, kind)."""
    return {
        "name": name,
        "title": title,
        "columns": [column.as_json() for column in columns],
        "rows": rows,
    }


def identity(material: TableSource, place: Place) -> list[str]:
    district = material.districts.get(place.lies_in_id or 0, ("", "", ""))[1]
    return [place.code, place.short_name, district, province_name(material, place.province_code)]


def province_name(material: TableSource, code: str) -> str:
    return material.provinces.get(code, (0, ""))[1]
