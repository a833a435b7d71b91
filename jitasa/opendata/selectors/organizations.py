"""Rows of the dataset "organizations": every office of the registry, open and closed."""

from collections.abc import Iterator
from typing import Any

from jitasa.opendata import shapes
from jitasa.opendata.columns import Column, ValueKind
from jitasa.opendata.selectors import registry
from jitasa.organizations.models import Organization, OrganizationState

WHOLE = "all"


def _km2(value: Any) -> float | None:
    return None if value is None else float(value)


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("code", ValueKind.TEXT, "รหัส", "Code", "อปท. 8 หลัก (ประเภท จังหวัด อำเภอ ลำดับ) อำเภอ 4 หลัก จังหวัด 2 หลัก กรม 00 เก็บเป็นข้อความ เลขศูนย์นำหน้ามีความหมาย", "8 digits for a local government (type, province, district, number), 4 for a district, 2 for a province, 00 for the department; text, leading zeros count", "code"),
    Column("type", ValueKind.TEXT, "ประเภท", "Type", "department กรม · province สถจ. · district อำเภอ · pao อบจ. · city_municipality ทน. · town_municipality ทม. · tambon_municipality ทต. · sao อบต. · pattaya เมืองพัทยา", "department, province, district, pao, city_municipality, town_municipality, tambon_municipality, sao, pattaya", "type"),
    Column("level", ValueKind.TEXT, "ระดับ", "Level", "department province district lao", "department, province, district or lao (local government)", "level"),
    Column("name", ValueKind.TEXT, "ชื่อเต็ม", "Name", "ชื่อปัจจุบัน หรือชื่อสุดท้ายถ้าสิ้นสุดแล้ว", "Its name today, or its last one", "name"),
    Column("short_name", ValueKind.TEXT, "ชื่อย่อ", "Short name", "ชื่อที่ใช้บนหน้าจอ มีคำบอกประเภทเสมอ", "As screens show it, always with its type", "short_name"),
    Column("province_code", ValueKind.TEXT, "รหัสจังหวัด", "Province code", "2 หลัก", "2 digits (TIS 1099)", "province_code", shapes.empty_as_none),
    Column("province", ValueKind.TEXT, "จังหวัด", "Province", "ชื่อจังหวัด", "Its name", "province_code", shapes.province_name),
    Column("district_code", ValueKind.TEXT, "รหัสอำเภอ", "District code", "อำเภอที่ตั้ง 4 หลัก", "District it lies in, 4 digits", "district_code", shapes.empty_as_none),
    Column("district", ValueKind.TEXT, "อำเภอ", "District", "ชื่ออำเภอที่ตั้ง", "Its name", "district_code", shapes.district_name),
    Column("reports_to_code", ValueKind.TEXT, "รายงานต่อ", "Reports to", "รหัสหน่วยงานในสายหนังสือ", "Code of the office above it in the line of letters", "reports_to__code"),
    Column("latitude", ValueKind.NUMBER, "ละติจูด", "Latitude", "ที่ตั้งสำนักงาน องศา WGS 84", "The office's point, degrees, WGS 84", "latitude"),
    Column("longitude", ValueKind.NUMBER, "ลองจิจูด", "Longitude", "ที่ตั้งสำนักงาน องศา WGS 84", "The office's point, degrees, WGS 84", "longitude"),
    Column("area_km2", ValueKind.NUMBER, "พื้นที่ (ตร.กม.)", "Area (km²)", "ว่างถ้าไม่ทราบ", "Empty when not known", "area_km2", _km2),
    Column("website", ValueKind.URL, "เว็บไซต์", "Website", "เว็บไซต์ของหน่วยงาน เฉพาะ http และ https", "The office's website; http and https only", "website", shapes.web_address),
    Column("founded_on", ValueKind.DATE, "เริ่มมีผล", "Valid from", "วันที่ทะเบียนเริ่มมีผล", "First day in the registry", "founded_on"),
    Column("closed_on", ValueKind.DATE, "สิ้นสุดเมื่อ", "Closed on", "ว่างถ้ายังมีอยู่", "Empty while it exists", "closed_on"),
    Column("successor_code", ValueKind.TEXT, "ยุบรวมกับ", "Merged into", "รหัสหน่วยงานที่รับช่วง", "Code of the office that took its place", "succession__successor__code"),
    Column("former_codes", ValueKind.LIST, "รหัสเดิม", "Former codes", "รหัสที่เคยใช้ สำหรับเทียบกับข้อมูลย้อนหลัง", "Codes it bore before, to match older data"),
    Column("synthetic", ValueKind.BOOLEAN, "ข้อมูลสมมติ", "Synthetic", "true คือข้อมูลสาธิต ไม่ใช่หน่วยงานจริง", "true: made up for demonstration", "synthetic"),
)
# fmt: on


def parts() -> dict[str, str]:
    """One part: the whole registry."""
    return {WHOLE: registry.mark()} if Organization.objects.exists() else {}


def rows_of_part(_part: str) -> Iterator[list[Any]]:
    """All offices by code, those in force before those that bore the code earlier."""
    former = _former_codes()
    wanted = [column.source or "pk" for column in COLUMNS]
    shapes_of = [(index, column.shape) for index, column in enumerate(COLUMNS) if column.shape]
    codes_at = next(index for index, column in enumerate(COLUMNS) if column.key == "former_codes")
    found = Organization.objects.order_by("code", "closed_on", "pk").values_list(*wanted)
    for row in found.iterator(chunk_size=2000):
        values = list(row)
        for index, shape in shapes_of:
            values[index] = shape(values[index])
        values[codes_at] = former.get(row[codes_at], [])
        yield values


def _former_codes() -> dict[int, list[str]]:
    """Office → the codes it bore before the present one, oldest first."""
    found: dict[int, list[str]] = {}
    states = OrganizationState.objects.order_by("organization_id", "valid_from")
    for pk, code, now in states.values_list("organization_id", "code", "organization__code"):
        codes = found.setdefault(pk, [])
        if code != now and code not in codes:
            codes.append(code)
    return found
