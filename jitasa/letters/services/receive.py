"""What an office does with a letter that came: open, register with a stamp, assign, answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, LetterStatus, RegisterKind
from jitasa.letters.models import Answer, Dispatch, Reading, Receipt
from jitasa.letters.selectors.files import usable_file
from jitasa.letters.services import counts
from jitasa.letters.services.register import next_number
from jitasa.organizations.models import Post
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today

NOT_YOURS = gettext_noop("ทำได้เฉพาะเจ้าหน้าที่ของหน่วยงานผู้รับ")


def open_letter(*, actor: Viewer, dispatch: Dispatch, now: datetime) -> Dispatch:
    """Note that the letter was seen: by the office the first time, by each person once.

    Looking on from above, from the centre beside the office, or read-only, notes nothing.
    """
    if actor.only_steers or actor.read_only or actor.office_id != dispatch.recipient_id:
        return dispatch
    with transaction.atomic():
        row = lock(dispatch)
        if actor.user is not None:  # a program of the office opens a letter, but nobody has read it
            Reading.objects.get_or_create(dispatch=row, user=actor.user, defaults={"at": now})
        if row.opened_at is None:
            row.opened_at, row.opened_by = now, actor.user
            row.save(update_fields=["opened_at", "opened_by"])
            counts.step(dispatch=row, name="opened")
            record(actor=actor, verb="letter.open", subject=row.letter, now=now)
    return row


def register(*, actor: Viewer, dispatch: Dispatch, now: datetime) -> Receipt:
    """ลงรับ: the next number of the office's receive register, with date and time, as a stamp.

    Registering twice gives the first receipt. A number given on paper: ``services.stamp``.

    :raises Forbidden: the person does not work for the recipient.
    """
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(_(NOT_YOURS))
    open_letter(actor=actor, dispatch=dispatch, now=now)
    with transaction.atomic():
        row = lock(dispatch)
        found = Receipt.objects.filter(letter=row.letter, organization=row.recipient, unit="").first()
        if found is not None:
            return found
        year, number = next_number(organization=row.recipient, kind=RegisterKind.RECEIPT, now=now)
        receipt = Receipt.objects.create(
            letter=row.letter,
            organization=row.recipient,
            dispatch=row,
            office_name=rules.stamp_name(row.recipient),
            year=year,
            number=number,
            at=now,
            by=actor.user,
        )
        row.registered_at = now
        row.save(update_fields=["registered_at"])
        counts.step(dispatch=row, name="registered")
        record(actor=actor, verb="letter.register", subject=row.letter, data={"number": number}, now=now)
    return receipt


def assign(*, actor: Viewer, dispatch: Dispatch, to: User | None, now: datetime) -> Dispatch:
    """Hand the letter to a person of the office (``None``: to nobody in particular)."""
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        row = lock(dispatch)
        if to is not None and not Post.objects.valid_on(today(now)).filter(
            user=to, organization=row.recipient
        ):
            raise Refusal(fields={"assigned_to": [_("เลือกบุคคลที่มีตำแหน่งในหน่วยงานนี้วันนี้")]})
        row.assigned_to = to
        row.save(update_fields=["assigned_to"])
        record(actor=actor, verb="letter.assign", subject=row.letter, data={"to": str(to or "")}, now=now)
    return row


def answer(
    *,
    actor: Viewer,
    dispatch: Dispatch,
    now: datetime,
    text: str = "",
    rows: list[list[Any]] | None = None,
    sha256: str = "",
) -> Answer:
    """Answer what the letter asks; answering again replaces the answer and keeps its first time."""
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(_(NOT_YOURS))
    with transaction.atomic():
        row = lock(dispatch)
        kind = AnswerKind(row.letter.answer_kind)
        _refuse_answer(row, kind, rows, sha256)
        stored = usable_file(actor, sha256) if sha256 else None
        content = {
            "kind": kind,
            "text": text.strip(),
            "rows": rows or [],
            "sha256": stored.sha256 if stored else "",
            "file_name": stored.name if stored else "",
            "by": actor.user,
        }
        found, _created = Answer.objects.update_or_create(
            dispatch=row, defaults=content, create_defaults={**content, "at": now}
        )
        if row.answered_at is None:
            row.answered_at = now
            row.save(update_fields=["answered_at"])
            counts.step(dispatch=row, name="answered")
        record(actor=actor, verb="letter.answer", subject=row.letter, data={"kind": kind}, now=now)
    return found


def _refuse_answer(dispatch: Dispatch, kind: AnswerKind, rows: list[list[Any]] | None, sha256: str) -> None:
    if dispatch.letter.status == LetterStatus.RECALLED:
        raise Refusal(_("หนังสือฉบับนี้ถูกเรียกคืนแล้ว ไม่ต้องตอบ"))
    if not rules.is_asked(dispatch.letter, is_lao=dispatch.recipient.is_lao):
        raise Refusal(_("หนังสือฉบับนี้ไม่ได้ขอให้หน่วยงานของท่านตอบ"))
    if kind == AnswerKind.ACTIVITY:
        raise Refusal(_("บันทึกกิจกรรมของวันสำคัญนี้แล้วส่ง ระบบจะทำเครื่องหมายว่าตอบแล้วเอง"))
    if kind == AnswerKind.FILE and not sha256:
        raise Refusal(fields={"file": [_("แนบไฟล์ที่ขอ")]})
    if kind == AnswerKind.TABLE and not any(any(str(cell).strip() for cell in row) for row in rows or []):
        raise Refusal(fields={"rows": [_("กรอกตารางอย่างน้อย 1 แถว")]})


def lock(dispatch: Dispatch) -> Dispatch:
    """The row, locked until the transaction ends, with its letter and office."""
    return (
        Dispatch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("letter", "recipient")
        .get(pk=dispatch.pk)
    )
