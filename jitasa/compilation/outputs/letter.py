"""The cover letter of a monthly report (หนังสือนำส่ง): its words, and its page.

The page is the one that ``letters`` sets for any letter of the office, with its letterhead, number and signer.
"""

from datetime import date, datetime, timedelta
from typing import Any

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.scope_words import scope_words
from jitasa.compilation.selectors.covers import cover_of, uuid_of
from jitasa.compilation.selectors.figures import percent
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterKind, LetterStatus
from jitasa.letters.models import Letter, LetterSettings
from jitasa.letters.pages.data import page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.letters.selectors.centre import centre_head_of
from jitasa.letters.selectors.signing import own_signers
from jitasa.letters.services.compose import preview_letter
from jitasa.letters.values import Attached, Block, Citation, LetterValues, OutsideTo
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.selectors import geography
from jitasa.organizations.viewer import SYSTEM
from jitasa.thai.dates import last_day, month_name, parse_month, today

# Totals go LAO → district → province → department → the ministry's centre (docs/domain.md §3).
ENCLOSURE = "สิ่งที่ส่งมาด้วย"  # said on every page bound behind the letter, which counts its own pages
ORDERED_WITHIN = timedelta(days=5 * 366)  # an older circular is hardly the one that asks for this month


def values_of(compilation: Compilation) -> LetterValues:
    """The letter as the office would write it; everything may be changed before it is signed."""
    month = parse_month(compilation.tables["month"])
    subject = f"รายงานผลการจัดกิจกรรมจิตอาสาขององค์กรปกครองส่วนท้องถิ่น ประจำเดือน{month_name(month)}"
    if compilation.number > 1:
        subject += f" (ฉบับแก้ไข ครั้งที่ {compilation.number - 1})"
    office, above = compilation.organization, _above(compilation)
    signer = own_signers(office).first()
    title = f"สรุปผลการจัดกิจกรรมจิตอาสา ประจำเดือน{month_name(month)}"
    return LetterValues(
        kind=_kind(office),
        subject=subject,
        to_text=addressee(office),
        is_circular=False,
        body=(
            *(Block(kind="paragraph", text=text) for text in _paragraphs(compilation)),
            *(Block(kind="order", text=text) for text in _items(compilation)),
            Block(kind="paragraph", text="จึงเรียนมาเพื่อโปรดทราบ"),
        ),
        signer_id=signer.pk if signer else None,
        citations=asked_by(office, compilation.made_at, is_top=above is None),
        enclosures=(Attached(title=title, count_text="จำนวน 1 ชุด"),),
        recipients=Recipients(offices=(above.pk,) if above else ()),
        outside=() if above else (OutsideTo(name=centre_head_of(office)),),
    )


def _kind(office: Organization) -> str:
    """A letter, or a memorandum where the office says that it reports by one."""
    settings = LetterSettings.objects.filter(organization=office).first()
    return LetterKind.MEMO if settings is not None and settings.cover_by_memo else LetterKind.EXTERNAL


def facts(compilation: Compilation) -> list[Any]:
    """What the page is made of beside the compilation: another list of these, another page."""
    written = cover_of(compilation)
    if written is not None:
        return [str(written.uuid), written.revision, written.status, written.number, written.updated_at]
    office = compilation.organization
    settings = LetterSettings.objects.filter(organization=office).values().first()
    return [settings, list(own_signers(office).values_list("pk", "name", "position")[:1])]


def page(compilation: Compilation) -> bytes:
    """The letter as PDF: as the office wrote and signed it, else a draft from the office's letter settings."""
    day = today(compilation.made_at)
    written = cover_of(compilation)
    if written is not None:
        return to_pdf(page_of(written, day=day))
    bare = Letter(
        uuid=uuid_of(compilation),
        organization=compilation.organization,
        revision=0,
        updated_at=compilation.made_at,
    )
    return draft_page(bare, values_of(compilation), day)


def draft_page(bare: Letter, values: LetterValues, day: date) -> bytes:
    """The page of a letter that nobody has written yet, marked as a draft. Nothing is stored."""
    draft, references, enclosures = preview_letter(actor=SYSTEM, letter=bare, values=values)
    return to_pdf(page_of(draft, day=day, references=references, enclosures=enclosures))


def addressee(office: Organization) -> str:
    """Whom the report of an office is addressed to, by its level."""
    if office.level == Level.DEPARTMENT:
        return centre_head_of(office)
    if office.level == Level.PROVINCE:
        return "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
    return f"ผู้ว่าราชการจังหวัด{geography.place_label(office.province_code).removeprefix('จ.')}"


def _above(compilation: Compilation) -> Organization | None:
    """The office the compiling one answered to in that month."""
    if compilation.tables["scope"]["level"] == Level.DEPARTMENT:
        return None
    states = OrganizationState.objects.as_at(last_day(compilation.month))
    own = states.filter(organization=compilation.organization).select_related("reports_to").first()
    return own.reports_to if own else compilation.organization.reports_to


def asked_by(office: Organization, now: datetime, *, is_top: bool = False) -> tuple[Citation, ...]:
    """The newest circular on reports of volunteer work that the office was sent, or sent itself at the top."""
    rows = Letter.objects.filter(
        status=LetterStatus.ISSUED,
        is_circular=True,
        subject__contains="จิตอาสา",
        issued_at__range=(now - ORDERED_WITHIN, now),
    ).filter(subject__contains="รายงาน")
    rows = rows.filter(organization=office) if is_top else rows.filter(dispatches__recipient=office)
    found = rows.order_by("-issued_at", "-pk").first()
    if found is None:
        return ()
    day = found.date_verified or found.date_printed  # the true one, as when it is passed on
    return (Citation(number=found.number, date=day, text=found.from_text, linked_id=found.pk),)


def _paragraphs(compilation: Compilation) -> list[str]:
    totals = compilation.tables["totals"]
    month = parse_month(compilation.tables["month"])
    return [
        f"ตามที่ให้องค์กรปกครองส่วนท้องถิ่นรายงานผลการจัดกิจกรรมจิตอาสาเป็นประจำทุกเดือน นั้น "
        f"{scope_words(compilation)}ได้รวบรวมผลประจำเดือน{month_name(month)} แล้ว "
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
