"""A letter before its signer: laid before her, sent back with a reason; and what her signature prints."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import TO_NOBODY, LetterStatus
from jitasa.letters.models import Letter, Signer
from jitasa.letters.selectors.signing import has_signer, signing_as
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today

REASON_LONGEST = 400


def printed_signer(signer: Signer | None) -> dict[str, str]:
    """What the page says of the signer: name, position, in what capacity for whom."""
    if signer is None:
        return {}
    return {
        "id": str(signer.pk),
        "name": signer.name,
        "position": signer.position,
        "capacity": signer.capacity,
        "on_behalf_of": signer.on_behalf_of,
    }


def signed_by(signer: Signer, now: datetime, *, on_paper: bool) -> dict[str, str]:
    """The same with her signature: the picture of it, or only the moment, which the page puts into words.

    ``on_paper``: a letter that bears its number on paper was signed there; the page keeps the place free.
    """
    printed = printed_signer(signer)
    if on_paper:
        return printed
    own = getattr(signer.user, "letter_signature", None)
    return {**printed, "signed_at": now.isoformat(), "signature": own.sha256 if own else ""}


def ask_signature(*, actor: Viewer, letter: Letter, now: datetime) -> Letter:
    """Lay a finished draft before the signer: draft → awaiting.

    :raises Refusal: what is missing, by field; also a signer whom nobody is. :raises Forbidden: another office's.
    """
    with transaction.atomic():
        row = _locked(letter)
        if not rules.may_edit(actor, row):
            raise Forbidden(_("ทำได้เฉพาะร่างของหน่วยงานตนเอง"))
        refuse_incomplete(row)
        if not has_signer(row, today(now)):
            raise Refusal(
                fields={"signer": [_("ยังไม่มีบุคคลที่ลงนามในตำแหน่งนี้ได้วันนี้ ให้ผู้ดูแลสำนักงานกำหนดบุคคลที่ ตั้งค่าหนังสือ")]}
            )
        row.status, row.updated_at, row.asked_by = LetterStatus.AWAITING, now, actor.user
        row.returned_at, row.returned_by, row.return_reason = None, None, ""
        row.save(
            update_fields=["status", "updated_at", "asked_by", "returned_at", "returned_by", "return_reason"]
        )
        record(actor=actor, verb="letter.ask_signature", subject=row, now=now)
    return row


def send_back(*, actor: Viewer, letter: Letter, reason: str, now: datetime) -> Letter:
    """The signer does not sign but says why: awaiting → draft. Sent back twice is sent back once.

    :raises Refusal: no reason. :raises Forbidden: it was not laid before this person.
    """
    given = reason.strip()[:REASON_LONGEST]
    if not given:
        raise Refusal(fields={"reason": [_("ระบุเหตุผลที่ส่งกลับ ผู้ร่างจะเห็นข้อความนี้")]})
    with transaction.atomic():
        row = _locked(letter)
        if row.returned_by_id is not None and row.returned_by_id == actor.user_id:
            return row
        if not rules.may_send_back(actor, row, signing_as(actor, row, today(now))):
            raise Forbidden(_("ส่งกลับได้เฉพาะผู้ที่หนังสือฉบับนี้รอลงนาม"))
        row.status, row.updated_at = LetterStatus.DRAFT, now
        row.returned_at, row.returned_by, row.return_reason = now, actor.user, given
        row.save(update_fields=["status", "updated_at", "returned_at", "returned_by", "return_reason"])
        record(actor=actor, verb="letter.send_back", subject=row, data={"reason": given}, now=now)
    return row


def refuse_incomplete(letter: Letter) -> None:
    """:raises Refusal: by field, what a letter lacks before it may be laid before the signer or issued."""
    fields: dict[str, list[str]] = {}
    if not letter.subject.strip():
        fields["subject"] = [_("กรอกเรื่อง")]
    if not letter.to_text.strip() and letter.kind not in TO_NOBODY:
        fields["to_text"] = [_("กรอกคำขึ้นต้น เรียน")]
    if not any(block.get("text", "").strip() for block in letter.body):
        fields["body"] = [_("เขียนเนื้อความอย่างน้อย 1 ย่อหน้า")]
    if not letter.signer:
        fields["signer"] = [_("เลือกผู้ลงนาม (เพิ่มชื่อได้ที่ ตั้งค่าหนังสือ)")]
    elif words := rules.behalf_problem(letter.signer, letter.to_text, letter.addressees):
        fields["signer"] = [words]
    if fields:
        raise Refusal(
            _("ยังออกเลขไม่ได้ เหลืออีก %(count)s อย่าง") % {"count": len(fields)}, fields=fields, code="incomplete"
        )


def refuse_for_addressee(letter: Letter, signer: Signer) -> None:
    """:raises Refusal: whoever signs today, for herself or for the signer chosen, stands for whom it is addressed to."""
    if words := rules.behalf_problem(printed_signer(signer), letter.to_text, letter.addressees):
        raise Refusal(fields={"signer": [words]})


def _locked(letter: Letter) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=letter.pk)
    )
