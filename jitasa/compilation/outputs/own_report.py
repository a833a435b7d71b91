"""A local government's own month as a memorandum to its head (บันทึกข้อความ), with its activities behind it.

The memorandum is a letter of the office (docs/adr/0088): ``letters`` keeps, numbers and sets it.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import translation

from jitasa.activities.choices import LIVE
from jitasa.activities.models import Activity, Participation
from jitasa.compilation.outputs.blocks import Block as Part
from jitasa.compilation.outputs.blocks import heading, table_block
from jitasa.compilation.outputs.letter import ENCLOSURE, asked_by, draft_page
from jitasa.compilation.selectors.covers import memo_of, memo_uuid
from jitasa.documents import pdf as documents
from jitasa.documents.pages import together
from jitasa.letters.choices import LetterKind
from jitasa.letters.models import Letter
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.letters.selectors.signing import own_signers
from jitasa.letters.values import Attached, Block, LetterValues, OutsideTo
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.rounds.rules import state_reason
from jitasa.rounds.selectors.returns import facts_of
from jitasa.rounds.selectors.tallies import own_sums
from jitasa.thai.dates import last_day, long_date, month_name, short_date, today

ACTIVITIES = (
    ("กิจกรรม", "left", "2.4fr"),
    ("วันที่จัด", "left", "1.4fr"),
    ("ประเภท", "left", "1.9fr"),
    ("ผู้เข้าร่วม (คน)", "right", "1.1fr"),
    ("เลขที่รายงาน", "left", "1.9fr"),
)


def pdf(office: Organization, month: date, now: datetime) -> bytes:
    """The memorandum as the office wrote and signed it, else a draft as it stands at ``now``; behind it the activities."""
    with translation.override("th"):
        behind = content(office, month)
        first = _page(office, month, now)
        return together(first, documents.render("official", behind)) if behind["appendix"] else first


def values_of(office: Organization, month: date, now: datetime) -> LetterValues:
    """The memorandum as the office would write it; everything may be changed before it is signed.

    The numbers are the office's own: its records, and all who came to them.
    """
    name = _name(office, month)
    head = head_of(name)
    subject = f"รายงานผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}"
    signer = own_signers(office).exclude(position=head).first()  # nobody reports to himself
    detail = Attached(title=f"รายละเอียดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}", count_text="จำนวน 1 ชุด")
    return LetterValues(
        kind=LetterKind.MEMO,
        subject=subject,
        to_text=head,
        is_circular=False,
        body=(
            Block(kind="paragraph", text=_opening(name, month)),
            *(Block(kind="order", text=text) for text in _items(office, month, now)),
            Block(kind="paragraph", text="จึงเรียนมาเพื่อโปรดทราบ"),
        ),
        signer_id=signer.pk if signer else None,
        citations=asked_by(office, now),
        enclosures=(detail,) if _records(office, month).exists() else (),
        outside=(OutsideTo(name=head),),
    )


def _page(office: Organization, month: date, now: datetime) -> bytes:
    written = memo_of(office, month)
    if written is not None:
        return to_pdf(page_of(written, day=today(now)))
    bare = Letter(uuid=memo_uuid(office, month), organization=office, revision=0, updated_at=now)
    return draft_page(bare, values_of(office, month, now), today(now))


def content(office: Organization, month: date) -> dict[str, Any]:
    """What stands behind the memorandum: the month's activities and who came, for ``official.typ``."""
    name, records = _name(office, month), list(_records(office, month))
    return {
        "title": f"รายงานกิจกรรมจิตอาสา {month_name(month)} {name}",
        "thai_digits": True,
        "appendix": _appendix(name, month, records) if records else [],
        "enclosure": ENCLOSURE,
    }


def _records(office: Organization, month: date) -> QuerySet[Activity]:
    rows = Activity.objects.filter(organization=office, month=month, status__in=LIVE)
    return rows.select_related("kind").order_by("start_date", "pk")


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
    due = f" · ครบกำหนด {short_date(facts.due_on)}"  # said in full behind it
    state = state_reason(facts, today(now)).replace(due, "").replace(" · ", " ")
    return [*items, f"สถานะการรายงาน {state} กำหนดส่งภายในวันที่ {long_date(facts.due_on)}"]


def _appendix(name: str, month: date, records: list[Activity]) -> list[Part]:
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
        .order_by("group__position", "group_id")
    )
    return [
        heading(f"กิจกรรมจิตอาสาของ{name} เดือน{month_name(month)}", center=True),
        table_block("กิจกรรม", ACTIVITIES, rows),
        table_block(
            "ผู้เข้าร่วมตามกลุ่ม",
            (("กลุ่มผู้เข้าร่วม", "left", "3fr"), ("ผู้เข้าร่วม (คน)", "right", "1fr")),
            [[*row] for row in groups],
            total=True,
        ),
    ]
