"""The cover letter of a monthly report (หนังสือนำส่ง)."""

from typing import Any

from jitasa.compilation.models import Compilation
from jitasa.compilation.selectors.figures import percent
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.thai.dates import last_day, long_date, month_name, parse_month, today

# Totals go LAO → district → province → department → the ministry's centre (docs/domain.md §3).
CENTRE = "ศูนย์อำนวยการและขับเคลื่อนงานจิตอาสา กระทรวงมหาดไทย"


def cover(compilation: Compilation) -> dict[str, Any]:
    """The letter as ``official.typ`` takes it; number and signature are left for the office."""
    month = parse_month(compilation.tables["month"])
    name = compilation.tables["scope"]["name"]
    subject = f"รายงานผลการจัดกิจกรรมจิตอาสาขององค์กรปกครองส่วนท้องถิ่น ประจำเดือน{month_name(month)}"
    if compilation.number > 1:
        subject += f" (ฉบับแก้ไข ครั้งที่ {compilation.number - 1})"
    return {
        "number": "",
        "office": [name],
        "date": long_date(today(compilation.made_at)),
        "subject": subject,
        "to": _recipient(compilation),
        "enclosures": [{"name": f"สรุปผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}", "amount": "1 ชุด"}],
        "paragraphs": _paragraphs(compilation),
        "items": _items(compilation),
        "purpose": "จึงเรียนมาเพื่อโปรดทราบ",
        "signer": {"name": "", "position": []},
        "owner": [name],
    }


def _recipient(compilation: Compilation) -> str:
    """The office the compiling one answered to in that month."""
    if compilation.tables["scope"]["level"] == Level.DEPARTMENT:
        return CENTRE
    states = OrganizationState.objects.as_at(last_day(compilation.month))
    own = states.filter(organization=compilation.organization).select_related("reports_to").first()
    above = own.reports_to if own else compilation.organization.reports_to
    return head_of(above) if above else CENTRE


PROVINCE_OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"


def head_of(office: Organization) -> str:
    """Whom a letter to an office is addressed to, as the circulars do (docs/domain.md §1)."""
    if office.level == Level.DEPARTMENT:
        return f"อธิบดี{office.name}"
    if office.name.startswith(PROVINCE_OFFICE):
        return f"ท้องถิ่นจังหวัด{office.name.removeprefix(PROVINCE_OFFICE)}"
    return office.name


def _paragraphs(compilation: Compilation) -> list[str]:
    totals = compilation.tables["totals"]
    month = parse_month(compilation.tables["month"])
    return [
        f"ตามที่ให้องค์กรปกครองส่วนท้องถิ่นรายงานผลการจัดกิจกรรมจิตอาสาเป็นประจำทุกเดือน นั้น "
        f"{compilation.tables['scope']['name']} ได้รวบรวมผลประจำเดือน{month_name(month)} แล้ว "
        f"มีองค์กรปกครองส่วนท้องถิ่นที่ต้องรายงาน {totals['offices']:,} แห่ง "
        f"รายงานแล้ว {totals['reported']:,} แห่ง คิดเป็นร้อยละ {percent(totals['reported'], totals['offices'])} "
        "สรุปได้ดังนี้"
    ]


def _items(compilation: Compilation) -> list[str]:
    totals, tables = compilation.tables["totals"], compilation.tables["tables"]
    items = [
        f"จัดกิจกรรม {totals['events']:,} ครั้ง มีผู้เข้าร่วม {totals['people']:,} คน "
        f"จากบันทึก {totals['activities']:,} รายการ และภาพ {totals['photos']:,} ภาพ"
    ]
    kinds = [f"{row[0]} {row[2]:,} ครั้ง" for row in tables["kinds"]["rows"]]
    if kinds:
        items.append(f"แยกตามประเภท ได้แก่ {' '.join(kinds)}")
    items.append(
        f"ยืนยันข้อมูลครบถ้วน {totals['confirmed']:,} แห่ง แจ้งว่าไม่มีกิจกรรม {totals['nil']:,} แห่ง "
        f"ทันกำหนด {totals['on_time']:,} แห่ง"
    )
    missing = len(tables["not_reported"]["rows"])
    items.append(f"ยังไม่รายงาน {missing:,} แห่ง ตามรายชื่อในสิ่งที่ส่งมาด้วย" if missing else "รายงานครบทุกแห่ง")
    return items
