"""Who did not report and who stated that there was nothing, by name and by area."""

from typing import Any

from jitasa.compilation.selectors.columns import (
    CODE,
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
from jitasa.compilation.selectors.places import Place
from jitasa.compilation.services.tables_source import Table, TableSource, identity, table
from jitasa.organizations.choices import Level
from jitasa.rounds.choices import ReturnState

MISSING = (
    *(column for column in OFFICES if column.key in ("offices", "reported")),
    TableColumn("missing", "ยังไม่รายงาน (แห่ง)", "integer"),
)


def missing_by_area(material: TableSource) -> list[Table]:
    """How many did not report, by province or by district; nothing for a district, whose offices are named."""
    names: dict[Any, str]
    if material.scope.level == Level.DEPARTMENT:
        names = {code: name for code, (_pk, name) in material.provinces.items()}
        title, word = "ยังไม่รายงาน รายจังหวัด", PROVINCE
    elif material.scope.level == Level.PROVINCE:
        names = {pk: name for pk, (_code, name, _province) in material.districts.items()}
        title, word = "ยังไม่รายงาน รายอำเภอ", DISTRICT
    else:
        return []
    sums: dict[Any, Figures] = {}
    for place in material.places:
        key = place.province_code if word is PROVINCE else place.lies_in_id
        sums.setdefault(key, Figures()).add(place.figures)
    rows = [
        [name, *cells(sums[key], MISSING)] for key, name in names.items() if key in sums and sums[key].missing
    ]
    rows.sort(key=lambda row: (-row[-1], row[0]))
    return [table("missing", title, (word, *MISSING), rows)]


def not_reported(material: TableSource) -> Table:
    rows = [
        [*identity(material, place), material.words[place.state], _why(place)]
        for place in material.places
        if place.facts.expected and not place.facts.reported
    ]
    return table("not_reported", "อปท. ที่ยังไม่รายงาน", (CODE, NAME, DISTRICT, PROVINCE, STATE, REASON), rows)


def _why(place: Place) -> str:
    if place.figures.returned:
        return f"มีรายการส่งกลับแก้ไข {place.figures.returned} รายการ ยังไม่ส่งใหม่"
    if place.figures.drafts:
        return f"มีร่างที่ยังไม่ส่ง {place.figures.drafts} รายการ"
    overdue = place.state == ReturnState.LATE
    return "พ้นกำหนดแล้ว ยังไม่บันทึกกิจกรรมและยังไม่แจ้งว่าไม่มีกิจกรรม" if overdue else "ยังไม่มีรายการ"


def stated_nil(material: TableSource) -> Table:
    rows = []
    for place in material.places:
        statement = material.statements.get(place.office_id)
        if statement is not None and place.facts.is_nil:
            on_time = "ทันกำหนด" if place.facts.is_on_time else "หลังกำหนด"
            rows.append([*identity(material, place), statement.nil_reason, on_time])
    columns = (CODE, NAME, DISTRICT, PROVINCE, REASON, TableColumn("on_time", "แจ้งเมื่อ"))
    return table("nil", "อปท. ที่แจ้งไม่มีกิจกรรม", columns, rows)
