"""Decisions about letters, from given facts."""

from datetime import date, datetime

from jitasa.distribution.rules import first_escalation, next_escalation, province_words
from jitasa.letters.choices import AnswerKind, LetterStatus, Origin, Retention, Secrecy
from jitasa.letters.models import Dispatch, Letter
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import be_year, day_of
from jitasa.thai.digits import to_arabic
from jitasa.thai.text import normalise

KEEP_YEARS = {Retention.ONE_YEAR: 1, Retention.TEN_YEARS: 10}


def may_write(viewer: Viewer) -> bool:
    """Any office writes letters: its officers, approvers and administrators."""
    return viewer.organization is not None and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def may_edit(viewer: Viewer, letter: Letter) -> bool:
    """A draft, by the office that writes it; an issued letter never changes."""
    return (
        may_write(viewer)
        and viewer.office_id == letter.organization_id
        and letter.status in (LetterStatus.DRAFT, LetterStatus.AWAITING)
    )


def may_issue(viewer: Viewer, letter: Letter) -> bool:
    """Approvers and administrators sign; where the office does not ask for approval, officers too."""
    if not may_edit(viewer, letter) or viewer.organization is None:
        return False
    return not viewer.organization.approval_required or viewer.has(Role.APPROVER, Role.ADMINISTRATOR)


def may_recall(viewer: Viewer, letter: Letter) -> bool:
    return (
        may_write(viewer)
        and viewer.office_id == letter.organization_id
        and letter.status == LetterStatus.ISSUED
        and letter.origin == Origin.OWN
    )


def may_receive(viewer: Viewer, dispatch: Dispatch) -> bool:
    """Register, assign, answer, pass on: the recipient's own people."""
    return may_write(viewer) and viewer.office_id == dispatch.recipient_id


def may_pass_on(viewer: Viewer) -> bool:
    """Provinces and districts pass letters on; an LAO has nobody below."""
    return may_write(viewer) and viewer.level in (Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT)


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
    return (
        f"หนังสือชั้นความลับ “{label}” นำเข้าระบบนี้ไม่ได้ ระบบรับเฉพาะหนังสือที่ไม่มีชั้นความลับ "
        "ให้ดำเนินการตามระเบียบว่าด้วยการรักษาความลับของทางราชการ"
    )


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
        problems.append(f"เลขที่ในหนังสือเดิมคือ {linked.number}")
    true_day = linked.date_verified or linked.date_printed
    if day is not None and true_day is not None and day != true_day:
        years = f" (พ.ศ. {be_year(true_day)})" if day.year != true_day.year else ""
        problems.append(f"วันที่ในหนังสือเดิมคือ {true_day.day}/{true_day.month}/{be_year(true_day)}{years}")
    return "อ้างถึงไม่ตรงกับหนังสือเดิม: " + " · ".join(problems) if problems else ""


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
    return (
        may_write(viewer)
        and viewer.office_id == letter.organization_id
        and letter.status == LetterStatus.ISSUED
    )


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
