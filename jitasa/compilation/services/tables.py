"""Every summary table of a month for one scope, as plain JSON: what a compilation keeps."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from jitasa.activities.choices import LIVE
from jitasa.activities.models import MeasureValue
from jitasa.compilation.selectors import breakdown, trends
from jitasa.compilation.selectors.boards import child_offices, clock_for
from jitasa.compilation.selectors.columns import (
    CODE,
    COUNTS,
    DISTRICT,
    NAME,
    OFFICES,
    PROVINCE,
    REASON,
    STATE,
    TableColumn,
    cells,
)
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.places import Place, places, total
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.states import MonthClock
from jitasa.organizations.choices import Level
from jitasa.organizations.models import OrganizationState
from jitasa.rounds.choices import ReturnState
from jitasa.rounds.counted import COUNTED_OF_PART
from jitasa.rounds.models import MonthlyReturn
from jitasa.thai.dates import month_slug

Table = dict[str, Any]
Json = dict[str, Any]


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


def build(scope: ReportScope, *, now: datetime) -> Json:
    """The tables of the scope's month as they stand; the same records give the same JSON."""
    material = _gather(scope, now)
    whole = total(place.figures for place in material.places)
    tables = [_totals(whole), *_place_tables(material), *_split_tables(scope), _measures(material)]
    tables += [_not_reported(material), _nil(material), _trend(scope, whole)]
    return {
        "scope": {
            "id": scope.office.pk,
            "code": scope.office.code,
            "name": _office_name(scope),
            "level": scope.level,
        },
        "month": month_slug(scope.month),
        "as_at": scope.month_end.isoformat(),
        "due_on": material.clock.due_on.isoformat(),
        "totals": {column.key: value for column, value in zip(_ALL, cells(whole, _ALL), strict=True)},
        "tables": {table["name"]: table for table in tables},
    }


_ALL = OFFICES + COUNTS


def _gather(scope: ReportScope, now: datetime) -> TableSource:
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


def _office_name(scope: ReportScope) -> str:
    state = OrganizationState.objects.filter(organization=scope.office).as_at(scope.month_end).first()
    return state.name if state else scope.office.name


def table(name: str, title: str, columns: tuple[TableColumn, ...], rows: list[list[Any]]) -> Table:
    """One table; ``columns`` as (key, title, kind)."""
    return {
        "name": name,
        "title": title,
        "columns": [column.as_json() for column in columns],
        "rows": rows,
    }


def _totals(whole: Figures) -> Table:
    return table("total", "สรุปรวม", _ALL, [cells(whole, _ALL)])


def _place_tables(material: TableSource) -> list[Table]:
    made = []
    if material.scope.level == Level.DEPARTMENT:
        made.append(_provinces(material))
    if material.scope.level in (Level.DEPARTMENT, Level.PROVINCE):
        made.append(_districts(material))
    return [*made, _laos(material)]


REST = "บันทึกที่ไม่อยู่ในหน่วยงานข้างต้น"


def _provinces(material: TableSource) -> Table:
    sums: dict[str, Figures] = {code: Figures() for code in material.provinces}
    for place in material.places:
        sums.setdefault(place.province_code, Figures()).add(place.figures)
    rows = [
        [code, material.provinces.get(code, (0, REST))[1], *cells(sums[code], _ALL)] for code in sorted(sums)
    ]
    return table("provinces", "รายจังหวัด", (CODE, NAME, *_ALL), rows)


def _districts(material: TableSource) -> Table:
    own = (
        {pk for pk, _code, _name in child_offices(material.scope)}
        if not material.scope.whole_country
        else None
    )
    sums = {pk: Figures() for pk in material.districts if own is None or pk in own}
    rest = Figures()
    for place in material.places:
        sums.get(place.lies_in_id or 0, rest).add(place.figures)
    rows = []
    for pk in sorted(sums, key=lambda pk: material.districts[pk][0]):
        code, name, province_code = material.districts[pk]
        rows.append([code, name, _province_name(material, province_code), *cells(sums[pk], _ALL)])
    if rest != Figures():
        rows.append(["", REST, "", *cells(rest, _ALL)])
    return table("districts", "รายอำเภอ", (CODE, NAME, PROVINCE, *_ALL), rows)


def _laos(material: TableSource) -> Table:
    rows = [
        [*_identity(material, place), material.words[place.state], *cells(place.figures, COUNTS)]
        for place in material.places
    ]
    return table("laos", "ราย อปท.", (CODE, NAME, DISTRICT, PROVINCE, STATE, *COUNTS), rows)


def _identity(material: TableSource, place: Place) -> list[str]:
    district = material.districts.get(place.lies_in_id or 0, ("", "", ""))[1]
    return [place.code, place.short_name, district, _province_name(material, place.province_code)]


def _province_name(material: TableSource, code: str) -> str:
    return material.provinces.get(code, (0, ""))[1]


def _split_tables(scope: ReportScope) -> list[Table]:
    columns = tuple(column for column in COUNTS if column.key in COUNTED_OF_PART)
    made = []
    for name, title, parts in (
        ("kinds", "ตามประเภท", breakdown.by_kind(scope)),
        ("occasions", "ตามวันสำคัญ", breakdown.by_occasion(scope)),
    ):
        rows = [
            [
                part.label,
                *(getattr(part, name) for name in COUNTED_OF_PART if name != "budget"),
                f"{part.budget:.2f}",
            ]
            for part in parts
        ]
        made.append(table(name, title, (TableColumn("label", "รายการ"), *columns), rows))
    return made


def _measures(material: TableSource) -> Table:
    """Counted results of the records that count upwards, by measure code, in the measure's unit."""
    found = (
        MeasureValue.objects.filter(
            activity__month=material.scope.month, activity__status__in=LIVE, activity__counts_upwards=True
        )
        .filter(_inside(material))
        .values("measure__code")
        .annotate(quantity=Sum("quantity"))
        .order_by("measure__code")
    )
    words = breakdown.measure_words()
    rows = [
        [*words.get(row["measure__code"], (row["measure__code"], "")), quantity(row["quantity"])]
        for row in found
    ]
    columns = (
        TableColumn("label", "ผลงานที่นับได้"),
        TableColumn("unit", "หน่วย"),
        TableColumn("quantity", "ปริมาณ", "decimal"),
    )
    return table("measures", "ผลงานที่นับได้", columns, rows)


def _inside(material: TableSource) -> Q:
    if material.scope.whole_country:
        return Q()
    return Q(activity__organization_id__in=[place.office_id for place in material.places])


def quantity(value: Decimal) -> str:
    """A quantity without needless zeros: ``1400``, ``1.2``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _not_reported(material: TableSource) -> Table:
    rows = [
        [*_identity(material, place), material.words[place.state], _why(place)]
        for place in material.places
        if place.facts.expected and not place.facts.reported
    ]
    return table("not_reported", "อปท. ที่ยังไม่รายงาน", (CODE, NAME, DISTRICT, PROVINCE, STATE, REASON), rows)


def _why(place: Place) -> str:
    if place.figures.returned:
        return f"มี {place.figures.returned} รายการถูกส่งกลับ ยังไม่ส่งใหม่"
    if place.figures.drafts:
        return f"มีร่าง {place.figures.drafts} รายการ ยังไม่ส่ง"
    overdue = place.state == ReturnState.LATE
    return "พ้นกำหนดแล้ว ยังไม่มีรายการและยังไม่แจ้ง" if overdue else "ยังไม่มีรายการ"


def _nil(material: TableSource) -> Table:
    rows = []
    for place in material.places:
        statement = material.statements.get(place.office_id)
        if statement is not None and place.facts.is_nil:
            on_time = "ทันกำหนด" if place.facts.is_on_time else "หลังกำหนด"
            rows.append([*_identity(material, place), statement.nil_reason, on_time])
    columns = (CODE, NAME, DISTRICT, PROVINCE, REASON, TableColumn("on_time", "แจ้งเมื่อ"))
    return table("nil", "อปท. ที่แจ้งไม่มีกิจกรรม", columns, rows)


def _trend(scope: ReportScope, whole: Figures) -> Table:
    points = trends.whole(scope, trends.months_to(scope.month))
    rows = [[month_slug(point.month), point.events, point.people] for point in points]
    rows[-1][1:] = [whole.events, whole.people]
    columns = (
        TableColumn("month", "เดือน"),
        TableColumn("events", "กิจกรรม (ครั้ง)", "integer"),
        TableColumn("people", "ผู้เข้าร่วม (คน)", "integer"),
    )
    return table("trend", "แนวโน้ม 6 เดือน", columns, rows)


__all__ = ["Json", "Table", "build", "quantity", "table"]
