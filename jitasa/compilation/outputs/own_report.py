"""A local government's own month as a memorandum to its head (บันทึกข้อความ), with its activities behind it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils import translation

from jitasa.activities.choices import LIVE
from jitasa.activities.models import Activity, Participation
from jitasa.compilation.outputs.blocks import Block, heading, table_block
from jitasa.documents import pdf as documents
from jitasa.letters.models import LetterSettings
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.rules import state_reason
from jitasa.rounds.selectors.returns import facts_of
from jitasa.rounds.selectors.tallies import own_sums
from jitasa.thai.dates import last_day, long_date, month_name, short_date, today

ACTIVITIES = (
    ("กิจกรรม", "left", "3fr"),
    ("วันที่จัด", "left", "1.4fr"),
    ("ประเภท", "left", "1.6fr"),
    ("ผู้เข้าร่วม (คน)", "right", "1fr"),
    ("เลขที่รายงาน", "left", "1.7fr"),
)


def pdf(office: Organization, month: date, now: datetime) -> bytes:
    """The memorandum of the month as it stands at ``now``."""
    with translation.override("th"):
        return documents.render("memo", content(office, month, now))


def content(office: Organization, month: date, now: datetime) -> dict[str, Any]:
    """Data for ``memo.typ``. The numbers are the office's own: its records, and all who came to them."""
    name = _name(office, month)
    records = list(
        Activity.objects.filter(organization=office, month=month, status__in=LIVE)
        .select_related("kind")
        .order_by("start_date", "pk")
    )
    settings = LetterSettings.objects.filter(organization=office).first()
    unit = settings.owner_unit.splitlines()[0] if settings and settings.owner_unit.strip() else ""
    phone = f"โทร. {settings.phone}" if settings and settings.phone else ""
    return {
        "title": f"รายงานกิจกรรมจิตอาสา {month_name(month)} {name}",
        "thai_digits": True,
        "memo": {
            "office": " ".join(filter(None, (unit, name, phone))),
            "number": f"{settings.number_prefix}/" if settings and settings.number_prefix else "",
            "date": long_date(today(now)),
            "subject": f"รายงานผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}",
            "to": head_of(name),
            "paragraphs": [_opening(name, month)],
            "items": _items(office, month, now),
            "purpose": "จึงเรียนมาเพื่อโปรดทราบ",
            "signer": {},
        },
        "appendix": _appendix(name, month, records) if records else [],
    }


def head_of(name: str) -> str:
    """The head of a local government by its name: ``นายกเทศมนตรีตำบลแหลมสัก``, ``นายกองค์การบริหารส่วนตำบลอ่าวนาง``."""
    if name.startswith("เทศบาล"):
        return f"นายกเทศมนตรี{name.removeprefix('เทศบาล')}"
    return f"นายก{name}"


def _name(office: Organization, month: date) -> str:
    state = OrganizationState.objects.filter(organization=office).as_at(last_day(month)).first()
    return state.name if state else office.name


def _opening(name: str, month: date) -> str:
    return (
        f"ตามที่กรมส่งเสริมการปกครองท้องถิ่นให้องค์กรปกครองส่วนท้องถิ่นรายงานผลการจัดกิจกรรมจิตอาสาผ่านระบบ INFO "
        f"เป็นประจำทุกเดือน นั้น {name} ได้รายงานผลประจำเดือน{month_name(month)} สรุปได้ดังนี้"
    )


def _items(office: Organization, month: date, now: datetime) -> list[str]:
    sums, facts = own_sums(office.pk, month), facts_of(office, month)
    items = [
        f"จัดและเข้าร่วมกิจกรรม {sums.live:,} รายการ มีผู้เข้าร่วม {sums.participants:,} คน ภาพ {sums.photos:,} ภาพ",
        f"ตรวจแล้ว {sums.accepted:,} รายการ รอตรวจ {sums.submitted:,} รายการ",
    ]
    if sums.participants != sums.people:
        items.append(
            f"เมื่อนับงานที่จัดร่วมกับหน่วยงานอื่นครั้งเดียว เป็นกิจกรรม {sums.events:,} ครั้ง ผู้เข้าร่วม {sums.people:,} คน"
        )
    state = state_reason(facts, today(now)).replace(" · ", " ")
    return [*items, f"สถานะการรายงาน {state} กำหนดส่งภายในวันที่ {long_date(facts.due_on)}"]


def _appendix(name: str, month: date, records: list[Activity]) -> list[Block]:
    rows = [
        [
            row.name,
            short_date(row.start_date) if row.start_date else "",
            row.kind.label if row.kind else "",
            row.participants,
            row.number,
        ]
        for row in records
    ]
    groups = (
        Participation.objects.filter(activity__in=records)
        .order_by()
        .values_list("group__label")
        .annotate(people=Sum("count"))
        .order_by("-people", "group__position", "group_id")
    )
    return [
        heading(f"กิจกรรมจิตอาสาของ{name} เดือน{month_name(month)}", center=True),
        table_block("กิจกรรม", ACTIVITIES, rows),
        table_block(
            "ผู้เข้าร่วมตามกลุ่ม",
            (("กลุ่มผู้เข้าร่วม", "left", "3fr"), ("ผู้เข้าร่วม (คน)", "right", "1fr")),
            [[*row] for row in groups],
        ),
    ]
