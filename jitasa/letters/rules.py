"""Decisions about letters, from given facts."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from jitasa.distribution.rules import first_escalation, next_escalation, province_words
from jitasa.letters.choices import (
    AnswerKind,
    Capacity,
    LetterKind,
    LetterStatus,
    Origin,
    RegisterKind,
    Retention,
    Secrecy,
)
from jitasa.letters.models import Dispatch, Letter, Signer
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import day_of, long_date
from jitasa.thai.digits import to_arabic
from jitasa.thai.text import normalise

QUOTED = 80  # letters of a text that a warning names
DRAFTS = (LetterStatus.DRAFT, LetterStatus.AWAITING)
KEEP_YEARS = {Retention.ONE_YEAR: 1, Retention.TEN_YEARS: 10}


def may_write(viewer: Viewer) -> bool:
    """Any office writes letters: its officers, approvers and administrators, and the centre beside it."""
    return may_keep_registers(viewer) or (viewer.organization is not None and viewer.is_centre)


def may_keep_registers(viewer: Viewer) -> bool:
    """What comes to the office (register, assign, answer, pass on) is its clerks' work, not the centre's."""
    return viewer.organization is not None and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def may_name_centre_head(viewer: Viewer) -> bool:
    """By which title reports go to the head of the ministry's centre: that centre says it, or who keeps the letterhead."""
    return viewer.is_department and (viewer.is_centre or viewer.has(Role.ADMINISTRATOR, Role.APPROVER))


def may_edit(viewer: Viewer, letter: Letter) -> bool:
    """A draft, by the office that writes it; an issued letter never changes."""
    return _keeps(viewer, letter) and letter.status in DRAFTS


def may_issue(viewer: Viewer, letter: Letter) -> bool:
    """Whether a draft could be hers to sign, of whichever desk; that she is its signer: ``may_sign_as``."""
    own = may_write(viewer) and viewer.office_id == letter.organization_id
    return own and letter.status in DRAFTS


def _keeps(viewer: Viewer, letter: Letter) -> bool:
    """Its clerks keep all letters of an office, whose registers they share; the centre those it wrote."""
    at_desk = may_keep_registers(viewer) or (letter.by_centre and viewer.is_centre)
    return at_desk and viewer.office_id == letter.organization_id


def may_sign_as(viewer: Viewer, signer: Signer, day: date) -> bool:
    """A signature is its person's own act: by the post, or by a delegation for the days it was given for."""
    return (
        may_write(viewer)
        and viewer.office_id == signer.organization_id
        and viewer.user_id is not None
        and viewer.user_id == signer.user_id
        and signer.retired_at is None
        and (signer.from_date is None or signer.from_date <= day)
        and (signer.to_date is None or signer.to_date >= day)
    )


def may_send_back(viewer: Viewer, letter: Letter, signer: Signer | None) -> bool:
    """Whoever may sign what was laid before her may send it back instead."""
    return signer is not None and letter.status == LetterStatus.AWAITING and may_issue(viewer, letter)


def may_recall(viewer: Viewer, letter: Letter) -> bool:
    issued = letter.status == LetterStatus.ISSUED and letter.origin == Origin.OWN
    return issued and _keeps(viewer, letter)


def may_receive(viewer: Viewer, dispatch: Dispatch) -> bool:
    """Register, assign, answer, pass on: the recipient's own people."""
    return may_keep_registers(viewer) and viewer.office_id == dispatch.recipient_id


def may_pass_on(viewer: Viewer) -> bool:
    """Provinces and districts pass letters on; an LAO has nobody below."""
    return may_keep_registers(viewer) and viewer.level in (Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT)


def may_follow(viewer: Viewer, letter: Letter) -> bool:
    """Who sees how far a letter got: its office and the offices above it."""
    office = viewer.organization
    return office is not None and bool(viewer.roles) and letter.organization.path.startswith(office.path)


def may_remind(viewer: Viewer, letter: Letter) -> bool:
    return may_follow(viewer, letter) and may_write(viewer)


def refuse_secrecy(secrecy: str) -> str:
    """The sentence that refuses a classified letter, or nothing (docs/domain.md §5)."""
    if secrecy in ("", Secrecy.NONE):
        return ""
    label = Secrecy(secrecy).label
    words = _(
        "หนังสือชั้นความลับ “%(label)s” นำเข้าระบบนี้ไม่ได้ ระบบรับเฉพาะหนังสือที่ไม่มีชั้นความลับ "
        "ให้ดำเนินการตามระเบียบว่าด้วยการรักษาความลับของทางราชการ"
    )
    return words % {"label": label}


SERIES = {
    LetterKind.ORDER: RegisterKind.ORDER,
    LetterKind.ANNOUNCEMENT: RegisterKind.ANNOUNCEMENT,
    LetterKind.CERTIFICATE: RegisterKind.CERTIFICATE,
}


def series_of(*, kind: str, is_circular: bool, circular_series: bool) -> RegisterKind:
    """In which register a paper takes its number; circulars in their own where the office says so (ข้อ 32)."""
    if (own := SERIES.get(LetterKind(kind))) is not None:
        return own
    return RegisterKind.CIRCULAR if is_circular and circular_series else RegisterKind.DISPATCH


def number_key(number: str) -> str:
    """A letter number for comparing: Arabic digits, no spaces, no leading ที่."""
    text = to_arabic(normalise(number)).replace(" ", "").lower()
    return text.removeprefix("ที่")


def citation_problem(*, number: str, day: date | None, linked: Letter) -> str:
    """How a citation disagrees with the letter it cites, as a warning; empty when it agrees.

    The real case of docs/domain.md §1: a covering letter cites its parent with another year than the
    parent and both receive stamps bear.
    """
    problems = []
    if number_key(number) != linked.number_key:
        problems.append(_("เลขที่ในหนังสือเดิมคือ %(number)s") % {"number": linked.number})
    true_day = linked.date_verified or linked.date_printed
    if day is not None and true_day is not None and day != true_day:
        problems.append(_("วันที่ในหนังสือเดิมคือ %(day)s") % {"day": long_date(true_day)})
    return _("อ้างถึงไม่ตรงกับหนังสือเดิม: %(problems)s") % {"problems": " · ".join(problems)} if problems else ""


def ahead_problem(*, printed: date | None, issued: date) -> str:
    """A warning for a letter dated ahead of its issue; empty when it is not."""
    if printed is None or printed <= issued:
        return ""
    return _("ลงวันที่ล่วงหน้า %(days)s วันจากวันที่ออกเลข (%(day)s)") % {
        "days": (printed - issued).days,
        "day": long_date(issued),
    }


def behalf_problem(signer: Mapping[str, str], *addressed: str) -> str:
    """Why she cannot sign what is addressed so: nobody writes to the one in whose place she signs. Empty: she can.

    ``signer`` as the page prints her; a deputy of that one (รองผู้ว่าราชการจังหวัด…) or all of a kind (… ทุกแห่ง) is another.
    """
    whom = signer.get("on_behalf_of", "").strip()
    if not whom or signer.get("capacity", Capacity.OWN) == Capacity.OWN:
        return ""
    named = rf"(?:^|\s|,|และ|เรียน){re.escape(whom)}(?=$|\s|,|และ|\()(?!\s*ทุก)"
    if not any(re.search(named, text) for text in addressed):
        return ""
    words = _("ผู้ที่เลือกลงนามแทน %(whom)s ซึ่งเป็นผู้รับหนังสือนี้เอง ให้เลือกผู้ลงนามในตำแหน่งของตน หรือแก้คำขึ้นต้น เรียน")
    return words % {"whom": whom}


# Whom an order of a letter that came speaks to, by the level that passes it on: itself and those above it.
_PROVINCE = r"(?:ผู้ว่าราชการจังหวัด|สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด|ท้องถิ่นจังหวัด|จังหวัด)"
_DISTRICT = r"(?:นายอำเภอ|ที่ว่าการอำเภอ|ท้องถิ่นอำเภอ|อำเภอ)"
_SPEAKS_TO = {Level.PROVINCE: _PROVINCE, Level.DISTRICT: rf"(?:{_PROVINCE}|{_DISTRICT})"}
# ขอให้อำเภอ… asks the district; รายงานให้อำเภอทราบ asks somebody else to tell it.
_ASKS = r"(?:^|(?<=\s)|(?<=ขอ)|(?<=และ)|(?<=โดย))(?:ให้|กำชับ|มอบหมาย|ขอความร่วมมือ)\s*{whom}(?!\S*ทราบ)"
_HANDED_DOWN = r"ให้\s*{whom}(?:และ|\S*?(?:แจ้ง|กำชับ|มอบหมาย|สั่งการ|ประสาน)(?:ให้|ไปยัง)?)\s*(?={below})"
_BELOW = r"(?:นายก|เทศบาล|องค์การบริหารส่วน|องค์กรปกครองส่วนท้องถิ่น|อปท|อบต)"
_BELOW_PROVINCE = rf"(?:{_DISTRICT}|{_BELOW})"


def speaks_to_itself(level: str, text: str) -> bool:
    """Whether an order asks the level that passes it on, or one above, instead of those it goes to."""
    whom = _SPEAKS_TO.get(Level(level)) if level else None
    return whom is not None and re.search(_ASKS.format(whom=whom), text) is not None


def for_those_below(level: str, text: str) -> str:
    """The order in words for those it goes on to: ให้อำเภอแจ้งเทศบาล… → ให้เทศบาล…; empty where there are none to be sure of."""
    whom = _SPEAKS_TO.get(Level(level)) if level else None
    if whom is None:
        return ""
    below = _BELOW_PROVINCE if level == Level.PROVINCE else _BELOW
    changed = re.sub(_HANDED_DOWN.format(whom=whom, below=below), "ให้", text)
    return "" if changed == text or speaks_to_itself(level, changed) else changed


def carried_problem(level: str, text: str) -> str:
    """A warning for a text of a covering letter that asks its own office instead of those it goes to; else empty."""
    if not speaks_to_itself(level, text):
        return ""
    short = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
    asked = _("“%(text)s” ยังสั่งการถึงระดับของท่านเองหรือระดับที่ส่งมา แก้ให้สั่งการถึงผู้รับหนังสือนี้") % {"text": short}
    if better := for_those_below(level, text):
        return asked + " " + _("เช่น “%(text)s”") % {"text": better}
    return asked


CONCLUDING = ("จึงเรียนมา", "จึงแจ้งมา")  # the purpose of a letter: each has its own


def purpose_problem(levels: Collection[str], text: str) -> str:
    """A warning for a purpose that commands local governments, who are overseen; else empty.

    ``levels`` of the addressees: governors and district chiefs are told to keep to something (ถือปฏิบัติ), local
    governments to consider it and act.
    """
    if Level.LAO not in levels or not text.startswith(CONCLUDING) or "ถือปฏิบัติ" not in text:
        return ""
    return _("หนังสือถึง อปท. ซึ่งอยู่ในการกำกับดูแล ใช้ว่า “เพื่อพิจารณาดำเนินการ” แทน “ถือปฏิบัติ” ซึ่งใช้กับจังหวัดและอำเภอ")


def may_destroy_after(letter: Letter) -> date | None:
    """The first day after the letter's time of keeping; ``None`` for ever."""
    years = KEEP_YEARS.get(Retention(letter.retention))
    begins = letter.issued_at or letter.created_at
    if years is None:
        return None
    return date(
        day_of(begins).year + years + 1, 1, 1
    )  # counted from the end of the year, as registers are kept


def is_asked(letter: Letter, *, is_lao: bool) -> bool:
    """Whether the recipient itself is to answer. Activities are recorded by LAOs; the offices above pass on."""
    if letter.answer_kind == AnswerKind.NONE:
        return False
    return letter.answer_kind != AnswerKind.ACTIVITY or is_lao


def stamp_name(office: Organization) -> str:
    """The office as its receive stamp names it; the province office receives for its จังหวัด (docs/domain.md §1)."""
    return province_words(office)[:200]


def may_verify(viewer: Viewer, letter: Letter) -> bool:
    """The office that issued or registered the letter notes the day it is known to be of."""
    return letter.status == LetterStatus.ISSUED and _keeps(viewer, letter)


def may_destroy(viewer: Viewer) -> bool:
    """The yearly list of what may be destroyed is the office's administrator's affair."""
    return viewer.organization is not None and viewer.has(Role.ADMINISTRATOR)


def is_overdue(dispatch: Dispatch, day: date) -> bool:
    return dispatch.due_on is not None and dispatch.answered_at is None and day > dispatch.due_on


def escalates_at(dispatch: Dispatch) -> datetime | None:
    """When the office above is to be told of the dispatch, from its present state."""
    letter = dispatch.letter
    first = first_escalation(delivered_at=dispatch.delivered_at, after_days=letter.escalate_after_days)
    if first is None or letter.status != LetterStatus.ISSUED:
        return None
    return next_escalation(
        first=first,
        opened=dispatch.opened_at is not None,
        answered=dispatch.answered_at is not None,
        due_on=dispatch.due_on,
        told_at=dispatch.escalated_at,
    )


NAMED_IN_TEXT = {"names": "in the text"}  # at the signature of a memorandum that is signed now


def is_named_in_text(memo: Letter) -> bool:
    """Whether it names earlier letters and enclosures in its text (``pages/memo.py``).

    One that was signed before that was the rule has lines for them and stays as it was signed.
    """
    waits = memo.status in (LetterStatus.DRAFT, LetterStatus.AWAITING)
    return waits or NAMED_IN_TEXT.items() <= memo.signer.items()
