"""Rows of the dataset "activities": accepted records, read through ``activities.selectors.public``.

Published are place, time and counts. What people type in sentences (result, problems, suggestions,
captions) and everything about a person (chair, contacts, who recorded) is no column at all.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, FloatField, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from jitasa.activities.models import Activity, MeasureValue, Participation
from jitasa.activities.public_point import public_degrees
from jitasa.activities.selectors.public import published
from jitasa.opendata import shapes
from jitasa.opendata.columns import Column, ValueKind
from jitasa.rounds.models import Measure, ParticipantGroup
from jitasa.thai.dates import month_slug, parse_month

BATCH = 2000
Codes = dict[int, str]  # id in a list of the department → code


def page_of(number: str) -> str:
    """The record's own page, a permanent address."""
    return f"{settings.SITE_URL}/a/{number}/"


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("number", ValueKind.TEXT, "เลขที่รายงาน", "Report number", "เลขที่รายงานของกิจกรรม ไม่ซ้ำกันทั้งประเทศ ใช้อ้างอิงแถว", "The record's receipt number, unique in the country: the key of a row", "number"),
    Column("url", ValueKind.URL, "หน้ากิจกรรม", "Page", "หน้าเว็บถาวรของกิจกรรม มีภาพและรายละเอียด", "Permanent page of the activity with pictures and details", "number", page_of),
    Column("month", ValueKind.MONTH, "เดือนที่รายงาน", "Reporting month", "เดือนของวันที่เริ่มกิจกรรม", "The month in which the activity began", "month", shapes.month),
    Column("fiscal_year", ValueKind.INTEGER, "ปีงบประมาณ", "Thai fiscal year", "ปีงบประมาณ พ.ศ. (1 ตุลาคม ถึง 30 กันยายน)", "Buddhist-era fiscal year, 1 October to 30 September, named by its end", "month", shapes.fiscal),
    Column("organization_code", ValueKind.TEXT, "รหัสหน่วยงาน", "Organization code", "รหัสของหน่วยงาน ณ วันที่จัดกิจกรรม เทียบกับชุดข้อมูล organizations (code หรือ former_codes)", "Code of the organization on the day; matches code or former_codes of the dataset organizations", "organization_code"),
    Column("organization_name", ValueKind.TEXT, "หน่วยงาน", "Organization", "ชื่อของหน่วยงาน ณ วันที่จัดกิจกรรม", "Name of the organization on the day", "organization_name"),
    Column("province_code", ValueKind.TEXT, "รหัสจังหวัด", "Province code", "จังหวัดของหน่วยงาน 2 หลัก ตามรหัสกรมการปกครอง", "Province of the organization, 2 digits (TIS 1099)", "number", shapes.province_of),
    Column("province", ValueKind.TEXT, "จังหวัด", "Province", "ชื่อจังหวัดของหน่วยงาน", "Name of that province", "number", shapes.province_name),
    Column("name", ValueKind.TEXT, "ชื่อกิจกรรม", "Name", "ชื่อที่หน่วยงานบันทึก ตัดเลขโทรศัพท์ อีเมล และเลขประจำตัวออก", "As recorded; telephone, mail and citizen numbers are taken out", "name", shapes.without_contacts),
    Column("kind", ValueKind.TEXT, "รหัสประเภท", "Kind code", "ประเภทจิตอาสา เช่น development disaster special training", "Kind of volunteering, such as development, disaster, special, training", "kind__code"),
    Column("kind_name", ValueKind.TEXT, "ประเภท", "Kind", "ชื่อประเภท ณ วันที่บันทึก", "Its name when it was recorded", "kind__label"),
    Column("sub_kind", ValueKind.TEXT, "รหัสลักษณะงาน", "Sub-kind code", "ลักษณะงาน", "Sort of work", "sub_kind__code"),
    Column("sub_kind_name", ValueKind.TEXT, "ลักษณะงาน", "Sub-kind", "ชื่อลักษณะงาน ณ วันที่บันทึก", "Its name when it was recorded", "sub_kind__label"),
    Column("basis", ValueKind.TEXT, "เนื่องในโอกาส", "Basis", "occasion วันสำคัญ · centre ตามที่ ศอ.จอส.จังหวัดกำหนด · none ไม่เกี่ยวกับวันสำคัญ", "occasion: an important day; centre: set by the provincial volunteer centre; none", "basis"),
    Column("occasion", ValueKind.TEXT, "รหัสวันสำคัญ", "Occasion code", "รหัสวันสำคัญในชุดข้อมูล occasions", "Code of the day in the dataset occasions", "occasion__code"),
    Column("occasion_name", ValueKind.TEXT, "วันสำคัญ", "Occasion", "ชื่อสั้นของวันสำคัญ", "Short name of the day", "occasion__short_name"),
    Column("part", ValueKind.TEXT, "บทบาท", "Part", "host จัดเอง · co_host ร่วมจัด · guest ไปเข้าร่วม", "host, co_host (held it together) or guest (joined another's)", "part"),
    Column("start_date", ValueKind.DATE, "วันที่เริ่ม", "Start date", "วันแรกของกิจกรรม", "First day", "start_date"),
    Column("start_time", ValueKind.TIME, "เวลาเริ่ม", "Start time", "เวลาเริ่ม ว่างถ้าไม่ได้บันทึก", "Empty when not recorded", "start_time"),
    Column("end_date", ValueKind.DATE, "วันที่สิ้นสุด", "End date", "วันสุดท้ายของกิจกรรม", "Last day", "end_date"),
    Column("end_time", ValueKind.TIME, "เวลาสิ้นสุด", "End time", "เวลาสิ้นสุด ว่างถ้าไม่ได้บันทึก", "Empty when not recorded", "end_time"),
    Column("place", ValueKind.TEXT, "สถานที่", "Place", "ชื่อสถานที่ที่บันทึก ตัดเลขโทรศัพท์ อีเมล และเลขประจำตัวออก", "As recorded; telephone, mail and citizen numbers are taken out", "place", shapes.without_contacts),
    Column("moo", ValueKind.INTEGER, "หมู่ที่", "Village number", "หมู่ที่ ว่างถ้าไม่ได้บันทึก", "Moo; empty when not recorded", "moo"),
    Column("tambon_code", ValueKind.TEXT, "รหัสตำบล", "Tambon code", "ตำบลของสถานที่ 6 หลัก ตามรหัสกรมการปกครอง", "Tambon of the place, 6 digits (TIS 1099)", "tambon_code", shapes.empty_as_none),
    Column("tambon", ValueKind.TEXT, "ตำบล", "Tambon", "ชื่อตำบลของสถานที่", "Its name", "tambon_code", shapes.tambon_name),
    Column("district_code", ValueKind.TEXT, "รหัสอำเภอ", "District code", "อำเภอของสถานที่ 4 หลัก", "District of the place, 4 digits", "tambon_code", shapes.district_code),
    Column("district", ValueKind.TEXT, "อำเภอ", "District", "ชื่ออำเภอของสถานที่", "Its name", "tambon_code", shapes.district_name),
    Column("latitude", ValueKind.NUMBER, "ละติจูด", "Latitude", "องศา WGS 84 ทศนิยม 3 ตำแหน่ง (ราว 100 เมตร) เพื่อไม่ให้ชี้ถึงบ้านใคร ว่างถ้าไม่ได้บันทึก", "Degrees, WGS 84, 3 decimals (about 100 m) so that no house is pointed at; empty when not recorded", "latitude", public_degrees),
    Column("longitude", ValueKind.NUMBER, "ลองจิจูด", "Longitude", "เช่นเดียวกับละติจูด", "As latitude", "longitude", public_degrees),
    Column("participants", ValueKind.INTEGER, "ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)", "Participants as recorded", "จำนวนที่หน่วยงานบันทึก งานเดียวกันของหลายหน่วยงานจะซ้ำกัน", "What the organization recorded; an event of several organizations is in each of their records", "participants"),
    Column("counted_events", ValueKind.INTEGER, "นับเป็นกิจกรรม (ครั้ง)", "Counted events", "1 หรือ 0 ถ้างานนี้นับที่บันทึกของเจ้าภาพแล้ว รวมช่องนี้เพื่อได้จำนวนครั้ง", "1, or 0 when the host's record counts the event: add these up for the number of events", "counted_events"),
    Column("counted_people", ValueKind.INTEGER, "นับเป็นผู้เข้าร่วม (คน)", "Counted people", "รวมช่องนี้เพื่อได้จำนวนคนโดยไม่นับงานร่วมซ้ำ", "Add these up for people without counting joint events twice", "counted_people"),
    Column("men", ValueKind.INTEGER, "ชาย ก่อนตัดรายการซ้ำ (คน)", "Men", "ว่างถ้าไม่ได้แยกเพศ", "Empty when not told apart", "men"),
    Column("women", ValueKind.INTEGER, "หญิง ก่อนตัดรายการซ้ำ (คน)", "Women", "ว่างถ้าไม่ได้แยกเพศ", "Empty when not told apart", "women"),
    Column("groups", ValueKind.MAP, "ผู้เข้าร่วมตามกลุ่ม", "Participants by group", "รหัสกลุ่ม=คน", "Group code = people"),
    Column("measures", ValueKind.MAP, "ปริมาณงาน", "Measured results", "รหัสผลงาน=จำนวน เช่น ต้นไม้ ขยะ ระยะทาง หน่วยตามรายการของกรม", "Measure code = quantity: trees, waste, distance, in the department's units"),
    Column("budget_source", ValueKind.TEXT, "แหล่งงบประมาณ", "Budget source", "none ไม่ใช้งบประมาณ · ordinance ข้อบัญญัติ/เทศบัญญัติ · donated ได้รับบริจาค/สนับสนุน", "none, ordinance or donated", "budget_source"),
    Column("budget_baht", ValueKind.NUMBER, "งบประมาณ (บาท)", "Budget (baht)", "ว่างถ้าไม่ได้บันทึก", "Empty when not recorded", "budget_amount", shapes.money),
    Column("publicity", ValueKind.LIST, "ช่องทางประชาสัมพันธ์", "Publicity channels", "รหัสช่องทาง เช่น website facebook line loudspeaker radio board press (บันทึกก่อนธันวาคม 2569 ใช้ banner แทน board)", "Codes such as website, facebook, line, loudspeaker, radio, board, press (records before December 2026 say banner for board)", "publicity"),
    Column("publicity_link", ValueKind.URL, "ลิงก์เผยแพร่", "Publicity link", "ที่หน่วยงานเผยแพร่เอง เฉพาะ http และ https", "Where the organization published it; http and https only", "publicity_link", shapes.web_address),
    Column("photos", ValueKind.INTEGER, "จำนวนภาพ", "Pictures", "จำนวนภาพในบันทึก", "Pictures in the record", "photo_count"),
    Column("revision", ValueKind.INTEGER, "ฉบับที่", "Revision", "ฉบับของบันทึกที่รับแล้ว เพิ่มขึ้นเมื่อแก้ไข", "Revision of the accepted record; grows when it is corrected", "revision"),
)
# fmt: on
_ADDED = {column.key: index for index, column in enumerate(COLUMNS) if not column.source}
_SHAPES = [(index, column.shape) for index, column in enumerate(COLUMNS) if column.shape]


def parts() -> dict[str, str]:
    """Each month that has rows (``2569-11``), oldest first, with a mark that changes when its rows do."""
    months = (
        published()
        .order_by("month")
        .values_list("month")
        .annotate(
            n=Count("pk"),
            sum_revision=Sum("revision"),
            sum_people=Sum("participants"),
            upwards=Count("pk", filter=Q(counts_upwards=True)),
            sum_photos=Sum("photo_count"),
            reviewed=Max("reviewed_at"),
            updated=Max("updated_at"),
        )
    )
    return {month_slug(month): hashlib.sha256(repr(facts).encode()).hexdigest() for month, *facts in months}


def rows_of_part(part: str) -> Iterator[list[Any]]:
    """The rows of a month, in the order they were first written."""
    return rows(published().filter(month=parse_month(part)))


def rows_live(*, month: date | None = None, province: str = "") -> Iterator[list[Any]]:
    """The rows as they stand this moment, of one month or of one province (its code)."""
    records = published()
    if month is not None:
        records = records.filter(month=month)
    if province:
        records = records.filter(number__startswith=f"{province}-")
    return rows(records)


def rows(records: QuerySet[Activity]) -> Iterator[list[Any]]:
    """Values in the order of ``COLUMNS``; memory does not grow with their number."""
    counted = {
        "counted_events": _counted(Value(1)),
        "counted_people": _counted(F("participants")),
    }
    wanted = [column.source or "pk" for column in COLUMNS]
    found = records.annotate(**counted).order_by("pk").values_list("pk", *wanted)
    stream = found.iterator(chunk_size=BATCH)
    groups, measures = _codes(ParticipantGroup), _codes(Measure)
    while batch := list(islice(stream, BATCH)):
        pks = [row[0] for row in batch]
        added: dict[str, dict[int, Any]] = {
            "groups": _groups(pks, groups),
            "measures": _measures(pks, measures),
        }
        for pk, *values in batch:
            for index, shape in _SHAPES:
                values[index] = shape(values[index])
            for key, index in _ADDED.items():
                values[index] = added[key].get(pk, {})
            yield values


def _counted(what: F | Value) -> Case:
    return Case(When(counts_upwards=True, then=what), default=0, output_field=IntegerField())


def _groups(pks: list[int], codes: Codes) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = Participation.objects.filter(activity__in=pks).order_by("activity_id", "group_id")
    for pk, group, count in rows.values_list("activity_id", "group_id", "count").iterator(BATCH):
        found.setdefault(pk, {})[codes[group]] = count
    return found


def _measures(pks: list[int], codes: Codes) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    number = Cast("quantity", FloatField())  # three decimals at most: a float says them exactly as written
    rows = MeasureValue.objects.filter(activity__in=pks).order_by("activity_id", "measure_id")
    for pk, measure, quantity in rows.values_list("activity_id", "measure_id", number).iterator(BATCH):
        found.setdefault(pk, {})[codes[measure]] = int(quantity) if quantity.is_integer() else quantity
    return found


def _codes(of: type[ParticipantGroup] | type[Measure]) -> Codes:
    return dict(of._default_manager.values_list("pk", "code"))
