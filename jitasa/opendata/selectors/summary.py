"""Rows of the dataset "monthly summary by organization": the very selectors of the month boards.

Counted are live records (submitted and accepted), as on the boards; ``accepted`` says how many of
them have been checked. What an office wrote as a reason is not published.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone

from jitasa.compilation.selectors.boards import clock_for
from jitasa.compilation.selectors.breakdown import kinds_by_place
from jitasa.compilation.selectors.places import Place, places
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.opendata import shapes
from jitasa.opendata.columns import Column, ValueKind
from jitasa.opendata.selectors import registry
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.rounds.models import MonthlyReturn, Round, Tally, TallyStatus
from jitasa.thai.dates import month_of, month_slug, parse_month, today

COUNTED = (TallyStatus.SUBMITTED, TallyStatus.ACCEPTED)


@dataclass(frozen=True)
class SummaryRow:
    """One organization in one month."""

    month: date
    place: Place
    point: tuple[float | None, float | None]
    kinds: dict[str, int]


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("month", ValueKind.MONTH, "เดือน", "Month", "เดือนที่รายงาน เดือนปัจจุบันยังเปลี่ยนได้ และเดือนก่อนเปลี่ยนได้เมื่อมีการแก้ไข", "Reporting month; the running month still grows and earlier ones change when corrected", "month", shapes.month),
    Column("fiscal_year", ValueKind.INTEGER, "ปีงบประมาณ", "Thai fiscal year", "ปีงบประมาณ พ.ศ.", "Buddhist-era fiscal year, named by its end", "month", shapes.fiscal),
    Column("organization_code", ValueKind.TEXT, "รหัสหน่วยงาน", "Organization code", "รหัส ณ สิ้นเดือนนั้น", "Code at the end of that month", "place.code"),
    Column("organization_type", ValueKind.TEXT, "ประเภทหน่วยงาน", "Organization type", "ประเภท ณ สิ้นเดือนนั้น ความหมายอยู่ในชุดข้อมูล organizations", "Type at the end of that month; see the dataset organizations", "place.type"),
    Column("organization_name", ValueKind.TEXT, "หน่วยงาน", "Organization", "ชื่อ ณ สิ้นเดือนนั้น", "Name at the end of that month", "place.name"),
    Column("province_code", ValueKind.TEXT, "รหัสจังหวัด", "Province code", "2 หลัก", "2 digits (TIS 1099)", "place.province_code"),
    Column("province", ValueKind.TEXT, "จังหวัด", "Province", "ชื่อจังหวัด", "Its name", "place.province_code", shapes.province_name),
    Column("latitude", ValueKind.NUMBER, "ละติจูด", "Latitude", "ที่ตั้งสำนักงาน องศา WGS 84", "The office's point, degrees, WGS 84", "point.0"),
    Column("longitude", ValueKind.NUMBER, "ลองจิจูด", "Longitude", "ที่ตั้งสำนักงาน องศา WGS 84", "The office's point, degrees, WGS 84", "point.1"),
    Column("expected", ValueKind.BOOLEAN, "ต้องรายงาน", "Expected to report", "เป็น อปท. และมีผู้ใช้แล้วในวันสิ้นเดือน", "A local government that somebody served by the last day of the month", "place.facts.expected"),
    Column("reported", ValueKind.BOOLEAN, "รายงานแล้ว", "Reported", "มีบันทึกที่ส่งหรือรับแล้ว หรือแจ้งว่าไม่มีกิจกรรม", "Has a submitted or accepted record, or stated that there was no activity", "place.facts.reported"),
    Column("nil", ValueKind.BOOLEAN, "แจ้งไม่มีกิจกรรม", "Stated nil", "แจ้งว่าเดือนนี้ไม่มีการจัดกิจกรรม", "Stated that no activity was held", "place.facts.is_nil"),
    Column("confirmed", ValueKind.BOOLEAN, "ยืนยันครบ", "Confirmed complete", "ยืนยันว่ารายงานครบแล้ว", "Confirmed that everything is reported", "place.facts.is_confirmed"),
    Column("on_time", ValueKind.BOOLEAN, "ทันกำหนด", "On time", "ยืนยันครบหรือแจ้งไม่มีกิจกรรมภายในวันครบกำหนด", "Confirmed or stated nil by the due day", "place.facts.is_on_time"),
    Column("activities", ValueKind.INTEGER, "บันทึก (รายการ)", "Activities (records)", "บันทึกที่ส่งแล้วหรือรับแล้วของหน่วยงาน", "The organization's submitted and accepted records", "place.figures.activities"),
    Column("accepted", ValueKind.INTEGER, "รับรายงานแล้ว (รายการ)", "Accepted (records)", "ส่วนที่รับรายงานแล้ว เท่ากับจำนวนแถวในชุดข้อมูล activities", "Those accepted: as many as there are rows in the dataset activities", "place.figures.accepted"),
    Column("events", ValueKind.INTEGER, "กิจกรรม (ครั้ง)", "Events", "งานที่หลายหน่วยงานจัดร่วมกันนับครั้งเดียว ที่เจ้าภาพ", "A joint event is counted once, at its host", "place.figures.events"),
    Column("participants", ValueKind.INTEGER, "ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)", "Participants (records)", "รวมจากบันทึกทุกรายการ", "Sum over all records", "place.figures.participants"),
    Column("people", ValueKind.INTEGER, "ผู้เข้าร่วม (คน)", "People", "ไม่นับงานร่วมซ้ำ เป็นตัวเลขที่ใช้รวมขึ้นไป", "Joint events not counted twice: the number that adds up upwards", "place.figures.people"),
    Column("men", ValueKind.INTEGER, "ชาย (คน)", "Men", "ในผู้เข้าร่วม (people) เฉพาะบันทึกที่แยกเพศ", "Of the people, by records that tell men and women apart", "place.figures.men"),
    Column("women", ValueKind.INTEGER, "หญิง (คน)", "Women", "ในผู้เข้าร่วม (people) เฉพาะบันทึกที่แยกเพศ", "Of the people, by records that tell men and women apart", "place.figures.women"),
    Column("not_told_apart", ValueKind.INTEGER, "ไม่ระบุเพศ (คน)", "Not told apart", "ผู้เข้าร่วมที่ไม่ได้แยกเพศ ชาย + หญิง + ช่องนี้ = people", "Men + women + this = people", "place.figures.not_told_apart"),
    Column("photos", ValueKind.INTEGER, "ภาพถ่าย (ภาพ)", "Pictures", "จำนวนภาพในบันทึก", "Pictures in the records", "place.figures.photos"),
    Column("budget_baht", ValueKind.NUMBER, "งบประมาณ (บาท)", "Budget (baht)", "รวมจากบันทึกที่ระบุจำนวนเงิน", "Sum over records that name an amount", "place.figures.budget", shapes.money),
    Column("kinds", ValueKind.MAP, "กิจกรรมตามประเภท (ครั้ง)", "Events by kind", "รหัสประเภท=ครั้ง", "Kind code = events", "kinds"),
)
# fmt: on


def parts() -> dict[str, str]:
    """Each month up to this one in which anybody recorded or stated something, with its mark."""
    latest = month_of(today(timezone.now()))
    marks: dict[date, list[Any]] = {}
    for month, *facts in _tallies():
        marks.setdefault(month, []).append(("tally", *facts))
    for month, *facts in _statements():
        marks.setdefault(month, []).append(("stated", *facts))
    due = dict(Round.objects.values_list("month", "due_on"))
    offices = registry.mark()
    return {
        month_slug(month): hashlib.sha256(repr((offices, due.get(month), marks[month])).encode()).hexdigest()
        for month in sorted(marks)
        if month <= latest
    }


def _tallies() -> Any:
    """Per month, status and kind: sums, and sums weighted by office so that a move between two shows."""
    sums = {f"n_{name}": Sum(name) for name in Tally.COUNTS}
    weighted = {
        f"w_{name}": Sum(F(name) * F("organization_id")) for name in ("activities", "events", "people")
    }
    rows = Tally.objects.filter(status__in=COUNTED).order_by("month", "status", "kind_code")
    return rows.values_list("month", "status", "kind_code").annotate(**sums, **weighted)


def _statements() -> Any:
    return (
        MonthlyReturn.objects.order_by("month")
        .filter(Q(nil_at__isnull=False) | Q(confirmed_at__isnull=False))
        .values_list("month")
        .annotate(
            nil=Count("nil_at"),
            confirmed=Count("confirmed_at"),
            nil_last=Max("nil_at"),
            confirmed_last=Max("confirmed_at"),
            offices=Sum("organization_id"),
        )
    )


def rows_of_part(part: str) -> Iterator[list[Any]]:
    """Every organization expected to report in the month or that recorded something, by code."""
    month = parse_month(part)
    department = Organization.objects.open().filter(level=Level.DEPARTMENT).first()
    if department is None:
        return
    scope = ReportScope(department, month)
    kinds = kinds_by_place(scope, "office")
    points = {
        pk: (lat, lng) for pk, lat, lng in Organization.objects.values_list("pk", "latitude", "longitude")
    }
    reads = [(_reader(column.source), column.shape) for column in COLUMNS]
    for place in places(scope, clock_for(month, timezone.now())):
        events = {code: each[0] for code, each in sorted(kinds.get(place.office_id, {}).items())}
        line = SummaryRow(month, place, points.get(place.office_id, (None, None)), events)
        yield [shape(read(line)) if shape else read(line) for read, shape in reads]


def _reader(source: str) -> Any:
    if source.startswith("point."):
        index = int(source[-1])
        return lambda line: line.point[index]
    return attrgetter(source)
