"""Pass a letter on: the office's own covering letter, filled in from the one that came."""

from datetime import datetime

import uuid6
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.distribution.rules import place_words
from jitasa.distribution.selectors.recipients import resolve
from jitasa.distribution.values import Recipients
from jitasa.letters import rules
from jitasa.letters.choices import LetterKind, LetterStatus
from jitasa.letters.models import Dispatch, Letter, LetterSettings
from jitasa.letters.selectors.signing import own_signers
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.issue import issue
from jitasa.letters.values import Attached, Block, Citation, LetterValues
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import long_date
from jitasa.thai.digits import to_thai

TO = {
    Level.DEPARTMENT: "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
    Level.PROVINCE: "นายอำเภอ ทุกอำเภอ นายกองค์การบริหารส่วนจังหวัด และนายกเทศมนตรี",
    Level.DISTRICT: "นายกเทศมนตรีตำบล และนายกองค์การบริหารส่วนตำบล ทุกแห่ง",
}

# A stamped letter names the offices, not their heads.
TO_OFFICES = {
    Level.DEPARTMENT: "จังหวัด ทุกจังหวัด",
    Level.PROVINCE: "อำเภอ ทุกอำเภอ องค์การบริหารส่วนจังหวัด และเทศบาล",
    Level.DISTRICT: "เทศบาลตำบล และองค์การบริหารส่วนตำบล ทุกแห่ง",
}

NEXT_IN_LINE = Recipients(presets=("line",))


def draft_pass_on(
    *, actor: Viewer, dispatch: Dispatch, now: datetime, kind: str = LetterKind.EXTERNAL
) -> Letter:
    """The office's draft for passing the letter on; the first one if there is one already.

    Subject, citation, enclosure, reasons and orders are filled in (of a stamped letter what is sent on), recipients preset by the line of command.
    """
    office = actor.organization
    if dispatch.letter.status == LetterStatus.RECALLED:
        raise Refusal(_("หนังสือฉบับนี้ถูกเรียกคืนแล้ว ส่งต่อไม่ได้"))
    if office is None or not rules.may_pass_on(actor) or actor.office_id != dispatch.recipient_id:
        raise Forbidden(_("ส่งต่อได้เฉพาะจังหวัดหรืออำเภอที่ได้รับหนังสือฉบับนี้"))
    with transaction.atomic():
        Dispatch.objects.select_for_update(of=("self",), no_key=True).get(pk=dispatch.pk)
        first = existing(dispatch.letter, office)
        if first is not None:
            return first
        return save_letter(
            actor=actor,
            uuid=uuid6.uuid7(),
            base_revision=None,
            values=covering_values(dispatch.letter, office, actor, kind),
            now=now,
            parent=dispatch.letter,
        )


def reach(office: Organization) -> int:
    """How many offices a letter is sent to that ``office`` passes on without changing the draft."""
    return len(resolve(office, NEXT_IN_LINE))


def existing(letter: Letter, office: Organization) -> Letter | None:
    """The office's letter that passes ``letter`` on, if it was not recalled."""
    return (
        Letter.objects.filter(parent=letter, organization=office)
        .exclude(status=LetterStatus.RECALLED)
        .first()
    )


def pass_on(*, actor: Viewer, dispatch: Dispatch, now: datetime) -> Letter:
    """One click: draft the covering letter and issue it. Passing on twice gives the first letter.

    :raises Refusal: an order carried over asks the office itself; the draft stays, to be changed.
    """
    letter = draft_pass_on(actor=actor, dispatch=dispatch, now=now)
    if letter.status == LetterStatus.ISSUED:
        return letter
    refuse_carried(letter, actor)
    return issue(actor=actor, letter=letter, now=now)


def refuse_carried(letter: Letter, actor: Viewer) -> None:
    """:raises Refusal: what is passed on unread would ask the office itself instead of those it goes to."""
    texts = (str(block.get("text", "")) for block in letter.body)
    if found := [words for text in texts if (words := rules.carried_problem(actor.level, text))]:
        raise Refusal(_("ยังไม่ได้ส่งต่อ มีข้อสั่งการที่ต้องแก้ก่อน"), fields={"body": found}, code="speaks_to_itself")


def covering_values(
    letter: Letter, office: Organization, actor: Viewer, kind: str = LetterKind.EXTERNAL
) -> LetterValues:
    """What the covering letter says before anybody changes it; who signs herself is its signer."""
    signers = list(own_signers(office))
    signer = next(
        (each for each in signers if each.user_id == actor.user_id), signers[0] if signers else None
    )
    day = letter.date_verified or letter.date_printed
    dated = f" ลงวันที่ {to_thai(long_date(day))}" if day else ""
    copy = f"สำเนาหนังสือ{letter.from_text} ที่ {letter.number}{dated}"
    stamped = kind == LetterKind.STAMPED
    body = _sent_on(letter, office, copy) if stamped else _passed_on(letter, office, dated)
    return LetterValues(
        kind=kind,
        subject=letter.subject,
        to_text=(TO_OFFICES if stamped else TO).get(Level(office.level), ""),
        is_circular=True,
        urgency=letter.urgency,
        body=body,
        signer_id=signer.pk if signer else None,
        citations=(Citation(number=letter.number, date=day, text=letter.from_text, linked_id=letter.pk),),
        enclosures=(Attached(title=copy, of_letter_id=letter.pk),),
        recipients=NEXT_IN_LINE,
        answer_kind=letter.answer_kind,
        answer_by=letter.answer_by,
        answer_occasion_id=letter.answer_occasion_id,
        answer_columns=tuple(letter.answer_columns),
        escalate_after_days=letter.escalate_after_days,
        retention=letter.retention,
        qr_target=letter.qr_target,
        qr_caption=letter.qr_caption,
    )


def _passed_on(letter: Letter, office: Organization, dated: str) -> tuple[Block, ...]:
    """Cause, reasons and orders of the letter that came, in the words of a covering letter."""
    settings = LetterSettings.objects.filter(organization=office).first()
    reasons = _reasons(letter)
    orders = [
        Block(kind=block["kind"], text=block["text"])
        for block in letter.body
        if block.get("kind") in ("order", "sub", "table")
    ]
    source = f"จาก{letter.from_text}" if letter.from_text else ""
    told = f"ด้วย{place_words(office)}ได้รับแจ้ง{source} ตามหนังสือ ที่ {letter.number}{dated}"
    if settings and settings.pass_on_text:
        paragraphs = [settings.pass_on_text, *reasons]
    elif reasons:
        paragraphs = [f"{told} ว่า{reasons[0].removeprefix('ด้วย').strip()}", *reasons[1:]]
    else:
        paragraphs = [f"{told} ขอให้ดำเนินการ ดังนี้"]
    if orders and not paragraphs[-1].endswith("ดังนี้"):
        paragraphs[-1] = f"{paragraphs[-1]} จึงขอให้ดำเนินการ ดังนี้"
    said = (Block(kind="paragraph", text=text) for text in paragraphs)
    return (*said, *orders, Block(kind="paragraph", text="จึงเรียนมาเพื่อพิจารณาดำเนินการ"))


def _reasons(letter: Letter) -> list[str]:
    """Why the letter was written: its paragraphs, less the purpose and what only leads to its own orders."""
    texts = [text for text in _texts(letter, "paragraph") if not text.startswith(rules.CONCLUDING)]
    return [text for text in texts if not text.endswith("ดังนี้")] or texts


def _sent_on(letter: Letter, office: Organization, copy: str) -> tuple[Block, ...]:
    """What a stamped letter says: that the copy is sent, what of, and for what."""
    words = f"{place_words(office)}ส่ง{copy} เรื่อง {letter.subject} มาเพื่อพิจารณาดำเนินการ"
    return (Block(kind="paragraph", text=words),)


def _texts(letter: Letter, kind: str) -> list[str]:
    texts = (str(block.get("text", "")).strip() for block in letter.body if block.get("kind") == kind)
    return [text for text in texts if text]
