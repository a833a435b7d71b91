"""Pass a letter on: the office's own covering letter, filled in from the one that came."""

from datetime import datetime

import uuid6
from django.db import transaction

from jitasa.distribution.rules import place_words
from jitasa.distribution.selectors.recipients import resolve
from jitasa.distribution.values import Recipients
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter, LetterSettings, Signer
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

NEXT_IN_LINE = Recipients(presets=("line",))


def draft_pass_on(*, actor: Viewer, dispatch: Dispatch, now: datetime) -> Letter:
    """The office's draft for passing the letter on; the first one if there is one already.

    Subject, citation, enclosure and orders are filled in, recipients preset by the line of command.
    """
    office = actor.organization
    if dispatch.letter.status == LetterStatus.RECALLED:
        raise Refusal("หนังสือฉบับนี้ถูกเรียกคืนแล้ว ส่งต่อไม่ได้")
    if office is None or not rules.may_pass_on(actor) or actor.office_id != dispatch.recipient_id:
        raise Forbidden("ส่งต่อได้เฉพาะจังหวัดหรืออำเภอที่ได้รับหนังสือฉบับนี้")
    with transaction.atomic():
        Dispatch.objects.select_for_update(of=("self",), no_key=True).get(pk=dispatch.pk)
        first = existing(dispatch.letter, office)
        if first is not None:
            return first
        return save_letter(
            actor=actor,
            uuid=uuid6.uuid7(),
            base_revision=None,
            values=covering_values(dispatch.letter, office),
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
    """One click: draft the covering letter and issue it. Passing on twice gives the first letter."""
    letter = draft_pass_on(actor=actor, dispatch=dispatch, now=now)
    if letter.status == LetterStatus.ISSUED:
        return letter
    return issue(actor=actor, letter=letter, now=now)


def covering_values(letter: Letter, office: Organization) -> LetterValues:
    """What the covering letter says before anybody changes it."""
    settings = LetterSettings.objects.filter(organization=office).first()
    signer = Signer.objects.active().filter(organization=office).first()
    day = letter.date_verified or letter.date_printed
    dated = f" ลงวันที่ {to_thai(long_date(day))}" if day else ""
    lead = settings.pass_on_text if settings and settings.pass_on_text else ""
    source = f"จาก{letter.from_text}" if letter.from_text else ""
    lead = lead or (
        f"ด้วย{place_words(office)}ได้รับแจ้ง{source} ตามหนังสือ ที่ {letter.number}{dated} ขอให้ดำเนินการ ดังนี้"
    )
    orders = [
        Block(kind="order", text=block["text"]) for block in letter.body if block.get("kind") == "order"
    ]
    return LetterValues(
        subject=letter.subject,
        to_text=TO.get(Level(office.level), ""),
        is_circular=True,
        urgency=letter.urgency,
        body=(
            Block(kind="paragraph", text=lead),
            *orders,
            Block(kind="paragraph", text="จึงเรียนมาเพื่อพิจารณาดำเนินการ"),
        ),
        signer_id=signer.pk if signer else None,
        citations=(Citation(number=letter.number, date=day, text=letter.from_text, linked_id=letter.pk),),
        enclosures=(Attached(title=f"สำเนาหนังสือ ที่ {letter.number}{dated}", of_letter_id=letter.pk),),
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
