"""Rows of the dataset "occasions": the important days in use, national and of provinces.

Guidance is what officers write to each other and may name people: it is not published here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.conf import settings

from jitasa.occasions.models import Occasion
from jitasa.occasions.rules import window_of
from jitasa.occasions.selectors import adopted_years
from jitasa.opendata import shapes
from jitasa.opendata.columns import Column, ValueKind
from jitasa.thai.dates import be_year

WHOLE = "all"


@dataclass(frozen=True)
class DatasetDay:
    """One day of one year."""

    occasion: Occasion
    year: int
    first: date
    last: date
    province_code: str
    adopted: bool
    url: str | None


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("code", ValueKind.TEXT, "รหัส", "Code", "รหัสวันสำคัญ คงเดิมทุกปี", "Code of the day, the same every year", "occasion.code"),
    Column("year", ValueKind.INTEGER, "ปี พ.ศ.", "Year (B.E.)", "ปีพุทธศักราช", "Buddhist-era year", "year"),
    Column("date", ValueKind.DATE, "วันที่", "Date", "วันที่ของปีนั้น", "The day in that year", "occasion.date"),
    Column("name", ValueKind.TEXT, "ชื่อทางการ", "Official name", "ชื่อทางการที่ใช้ในปีนั้น", "The official name valid in that year", "occasion.name"),
    Column("short_name", ValueKind.TEXT, "ชื่อสั้น", "Short name", "ชื่อที่ใช้ในแบบบันทึก", "As it is offered to recorders", "occasion.short_name"),
    Column("kind", ValueKind.TEXT, "ประเภท", "Kind", "royal สถาบันพระมหากษัตริย์ · religious ศาสนา · national ชาติ · local ท้องถิ่น", "royal, religious, national or local", "occasion.kind"),
    Column("province_code", ValueKind.TEXT, "จังหวัดที่กำหนด", "Set by province", "ว่างถ้าเป็นวันของทั้งประเทศ", "Empty for a day of the whole country", "province_code", shapes.empty_as_none),
    Column("province", ValueKind.TEXT, "ชื่อจังหวัด", "Province", "ชื่อจังหวัดที่กำหนด", "Its name", "province_code", shapes.province_name),
    Column("window_first", ValueKind.DATE, "จัดได้ตั้งแต่", "Held from", "วันแรกที่กิจกรรมนับว่าเนื่องในวันนี้", "First day on which an activity counts for it", "first"),
    Column("window_last", ValueKind.DATE, "จัดได้ถึง", "Held until", "วันสุดท้ายที่กิจกรรมนับว่าเนื่องในวันนี้", "Last day on which an activity counts for it", "last"),
    Column("adopted", ValueKind.BOOLEAN, "ประกาศใช้แล้ว", "Adopted", "กรมประกาศใช้รายการของปีนั้นแล้ว (วันของจังหวัดเป็น true เสมอ)", "The department has adopted that year's list (always true for a province's own)", "adopted"),
    Column("url", ValueKind.URL, "หน้าวันสำคัญ", "Page", "หน้าเว็บถาวรของวันทั้งประเทศ", "Permanent page of a national day", "url"),
)
# fmt: on


def parts() -> dict[str, str]:
    """One part: all years."""
    facts = repr(
        (sorted(adopted_years()), list(_days().values_list("pk", "changed_at", "organization__code")))
    )
    return {WHOLE: hashlib.sha256(facts.encode()).hexdigest()} if _days().exists() else {}


def rows_of_part(_part: str) -> Iterator[list[Any]]:
    """All days in use by date."""
    adopted = adopted_years()
    reads = [(attrgetter(column.source), column.shape) for column in COLUMNS]
    for occasion in _days().iterator(chunk_size=500):
        line = _line(occasion, adopted)
        yield [shape(read(line)) if shape else read(line) for read, shape in reads]


def _days() -> Any:
    return Occasion.objects.active().select_related("organization").order_by("date", "code", "pk")


def _line(occasion: Occasion, adopted: set[int]) -> DatasetDay:
    first, last = window_of(occasion)
    year = be_year(occasion.date)
    province = occasion.organization.province_code if occasion.organization else ""
    page = None if province else f"{settings.SITE_URL}/days/{year}/{occasion.code}/"
    return DatasetDay(occasion, year, first, last, province, bool(province) or year in adopted, page)
