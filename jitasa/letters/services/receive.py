"""What an office does with a letter that came: open, register with a stamp, assign, answer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jitasa.accounts.models import User
from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, RegisterKind
from jitasa.letters.models import Answer, Dispatch, Reading, Receipt
from jitasa.letters.selectors.files import usable_file
from jitasa.letters.services import counts
from jitasa.letters.services.register import next_number
from jitasa.organizations.models import Post
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today

NOT_YOURS = "ทำได้เฉพาะเจ้าหน้าที่ของหน่วยงานผู้รับ"


def open_letter(*, actor: Viewer, dispatch: Dispatch, now: datetime) -> Dispatch:
    """Note that the letter was seen: by the office the first time, by each person once.

    Looking on from above, or read-only, notes nothing.
    """
    if actor.read_only or actor.user is None or actor.office_id != dispatch.recipient_id:
        return dispatch
    with transaction.atomic():
        row = _lock(dispatch)
        Reading.objects.get_or_create(dispatch=row, user=actor.user, defaults={"at": now})
        if row.opened_at is None:
            row.opened_at, row.opened_by = now, actor.user
            row.save(update_fields=["opened_at", "opened_by"])
            counts.add(letter=row.letter, step="opened", paths=[row.recipient.path])
            record(actor=actor, verb="letter.open", subject=row.letter, now=now)
    return row


def register(*, actor: Viewer, dispatch: Dispatch, now: datetime, number_text: str = "") -> Receipt:
    """ลงรับ: the next number of the office's receive register, with date and time, as a stamp.

    Registering twice gives the first receipt. ``number_text`` keeps how a number given on paper was
    written (``009419``).
    """
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(NOT_YOURS)
    open_letter(actor=actor, dispatch=dispatch, now=now)
    with transaction.atomic():
        row = _lock(dispatch)
        found = Receipt.objects.filter(letter=row.letter, organization=row.recipient).first()
        if found is not None:
            return found
        year, number = next_number(organization=row.recipient, kind=RegisterKind.RECEIPT, now=now)
        receipt = Receipt.objects.create(
            letter=row.letter,
            organization=row.recipient,
            dispatch=row,
            office_name=row.recipient.short_name,
            year=year,
            number=number,
            number_text=number_text,
            at=now,
            by=actor.user,
        )
        row.registered_at = now
        row.save(update_fields=["registered_at"])
        counts.add(letter=row.letter, step="registered", paths=[row.recipient.path])
        record(actor=actor, verb="letter.register", subject=row.letter, data={"number": number}, now=now)
    return receipt


def assign(*, actor: Viewer, dispatch: Dispatch, to: User | None, now: datetime) -> Dispatch:
    """Hand the letter to a person of the office (``None``: to nobody in particular)."""
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(NOT_YOURS)
    with transaction.atomic():
        row = _lock(dispatch)
        if to is not None and not Post.objects.valid_on(today(now)).filter(
            user=to, organization=row.recipient
        ):
            raise Refusal(fields={"assigned_to": ["เลือกบุคคลที่มีตำแหน่งในหน่วยงานนี้วันนี้"]})
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
        raise Forbidden(NOT_YOURS)
    with transaction.atomic():
        row = _lock(dispatch)
        kind = AnswerKind(row.letter.answer_kind)
        _refuse_answer(kind, rows, sha256)
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
            counts.add(letter=row.letter, step="answered", paths=[row.recipient.path])
        record(actor=actor, verb="letter.answer", subject=row.letter, data={"kind": kind}, now=now)
    return found


def _refuse_answer(kind: AnswerKind, rows: list[list[Any]] | None, sha256: str) -> None:
    if kind == AnswerKind.NONE:
        raise Refusal("หนังสือฉบับนี้ไม่ได้ขอให้ตอบ")
    if kind == AnswerKind.FILE and not sha256:
        raise Refusal(fields={"file": ["แนบไฟล์ที่ขอ"]})
    if kind == AnswerKind.TABLE and not any(any(str(cell).strip() for cell in row) for row in rows or []):
        raise Refusal(fields={"rows": ["กรอกตารางอย่างน้อย 1 แถว"]})


def _lock(dispatch: Dispatch) -> Dispatch:
    return (
        Dispatch.objects.select_for_update(of=("self",))
        .select_related("letter", "recipient")
        .get(pk=dispatch.pk)
    )
