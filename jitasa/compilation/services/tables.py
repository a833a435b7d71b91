"""Every summary table of a month for one scope, as plain JSON: what a compilation keeps."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Min, Q, Sum

from jitasa.activities.choices import LIVE
from jitasa.activities.models import Activity, MeasureValue, Participation
from jitasa.compilation.selectors import breakdown
from jitasa.compilation.selectors.boards import child_offices
from jitasa.compilation.selectors.columns import (
    CODE,
    COUNTS,
    DISTRICT,
    NAME,
    OFFICES,
    PROVINCE,
    STATE,
    TableColumn,
    cells,
)
from jitasa.compilation.selectors.figures import Figures
from jitasa.compilation.selectors.places import total
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.tables_missing import missing_by_area, not_reported, stated_nil
from jitasa.compilation.services.tables_source import (
    Table,
    TableSource,
    gather,
    identity,
    province_name,
    table,
)
from jitasa.compilation.services.tables_time import (
    PERIOD_COLUMNS,
    TREND_COLUMNS,
    period_rows,
    trend_rows,
)
from jitasa.organizations.choices import Level
from jitasa.organizations.models import OrganizationState
from jitasa.rounds.counted import COUNTED_OF_PART
from jitasa.rounds.models import ParticipantGroup
from jitasa.thai.dates import month_slug

Json = dict[str, Any]


def build(scope: ReportScope, *, now: datetime) -> Json:
    """The tables of the scope's month as they stand; the same records give the same JSON."""
    material = gather(scope, now)
    whole = total(place.figures for place in material.places)
    counted = _counted(material)
    tables = [_totals(whole), *_place_tables(material), *_split_tables(scope), _measures(counted)]
    tables += [_groups(counted), *missing_by_area(material), not_reported(material), stated_nil(material)]
    tables += _periods(scope, whole)
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


def _office_name(scope: ReportScope) -> str:
    state = OrganizationState.objects.filter(organization=scope.office).as_at(scope.month_end).first()
    return state.name if state else scope.office.name


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
        rows.append([code, name, province_name(material, province_code), *cells(sums[pk], _ALL)])
    if rest != Figures():
        rows.append(["", REST, "", *cells(rest, _ALL)])
    return table("districts", "รายอำเภอ", (CODE, NAME, PROVINCE, *_ALL), rows)


def _laos(material: TableSource) -> Table:
    rows = [
        [*identity(material, place), material.words[place.state], *cells(place.figures, COUNTS)]
        for place in material.places
    ]
    return table("laos", "ราย อปท.", (CODE, NAME, DISTRICT, PROVINCE, STATE, *COUNTS), rows)


def _split_tables(scope: ReportScope) -> list[Table]:
    columns = tuple(column for column in COUNTS if column.key in COUNTED_OF_PART)
    made = []
    for name, title, word, parts in (
        ("kinds", "ตามประเภท", "ประเภท", breakdown.by_kind(scope)),
        ("occasions", "ตามวันสำคัญ", "วันสำคัญ", breakdown.by_occasion(scope)),
    ):
        rows = [
            [
                part.official,
                *(getattr(part, name) for name in COUNTED_OF_PART if name != "budget"),
                f"{part.budget:.2f}",
            ]
            for part in parts
        ]
        made.append(table(name, title, (TableColumn("name", word), *columns), rows))
    return made


def _measures(parts: Q) -> Table:
    """Counted results of the records that count upwards, by measure code, in the measure's unit."""
    found = (
        MeasureValue.objects.filter(parts)
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
        TableColumn("label", "ปริมาณงาน"),
        TableColumn("unit", "หน่วย"),
        TableColumn("quantity", "ปริมาณ", "decimal"),
    )
    return table("measures", "ปริมาณงาน", columns, rows)


def _groups(parts: Q) -> Table:
    """People by participant group, each joint event once, in the department's order."""
    found = (
        Participation.objects.filter(parts)
        .order_by()
        .values_list("group__code")
        .annotate(people=Sum("count"))
    )
    counted = dict(found)
    words = {row.code: row.label for row in ParticipantGroup.objects.order_by("created_at", "id")}
    order = ParticipantGroup.objects.order_by("position", "id").values_list("code", flat=True)
    rows = [[words[code], counted[code]] for code in dict.fromkeys(order) if counted.get(code)]
    people = tuple(column for column in COUNTS if column.key == "people")
    return table("groups", "ผู้เข้าร่วมตามกลุ่ม", (TableColumn("name", "กลุ่มผู้เข้าร่วม"), *people), rows)


def _counted(material: TableSource) -> Q:
    """Parts of the records that count upwards.

    Records of a month have been made near each other: the span of their keys keeps the database from reading the parts of
    all years. (``+ 0``: asked for the least key itself, it would walk along the keys until one is of the month.)
    """
    wanted: dict[str, Any] = {"month": material.scope.month, "status__in": LIVE, "counts_upwards": True}
    keys = Activity.objects.filter(**wanted).aggregate(first=Min(F("pk") + 0), last=Max(F("pk") + 0))
    joined = {f"activity__{name}": value for name, value in wanted.items()}
    found = Q(**joined, activity_id__gte=keys["first"] or 0, activity_id__lte=keys["last"] or 0)
    if material.scope.whole_country:
        return found
    return found & Q(activity__organization_id__in=[place.office_id for place in material.places])


def quantity(value: Decimal) -> str:
    """A quantity without needless zeros: ``1400``, ``1.2``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _periods(scope: ReportScope, whole: Figures) -> list[Table]:
    return [
        table("periods", "ไตรมาสและปีงบประมาณ", PERIOD_COLUMNS, period_rows(scope, whole)),
        table("trend", "แนวโน้ม 6 เดือน", TREND_COLUMNS, trend_rows(scope, whole)),
    ]


__all__ = ["Json", "Table", "build", "quantity", "table"]
