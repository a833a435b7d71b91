"""A letter to somebody who is not in the registry: by mail with the page, or on paper, and noted when it went."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.choices import OutsideWay
from jitasa.letters.models import OutsideRecipient
from jitasa.letters.pages.data import check_address, page_of
from jitasa.letters.pages.render import to_pdf
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.thai.dates import today


def note_sent(*, actor: Viewer, recipient: OutsideRecipient, now: datetime) -> OutsideRecipient:
    """It went on paper, or goes by mail now (the worker sends it). Noted twice is noted once.

    :raises Forbidden: not the office's letter, not issued, or called back.
    """
    with transaction.atomic():
        row = (
            OutsideRecipient.objects.select_for_update(of=("self",), no_key=True)
            .select_related("letter")
            .get(pk=recipient.pk)
        )
        if not rules.may_recall(actor, row.letter):
            raise Forbidden(_("ส่งได้เฉพาะหนังสือที่หน่วยงานของท่านออกเลขแล้วและยังไม่เรียกคืน"))
        if row.sent_at is not None:
            return row
        row.sent_at, row.sent_by = now, actor.user
        row.save(update_fields=["sent_at", "sent_by"])
        data = {"to": row.name, "way": row.way}
        record(actor=actor, verb="letter.outside_sent", subject=row.letter, data=data, now=now)
        if row.way == OutsideWay.MAIL:
            _enqueue(row.pk)
    return row


def _enqueue(recipient_id: int) -> None:
    from jitasa.letters.tasks import mail_outside

    transaction.on_commit(lambda: mail_outside.enqueue(recipient_id))


def mail(recipient: OutsideRecipient, now: datetime) -> None:
    """One mail with the page as PDF and the address by which it is verified."""
    letter = recipient.letter
    content = to_pdf(page_of(letter, day=today(now)))
    lines = [
        f"เรียน {recipient.name}",
        f"{letter.from_text} ขอส่งหนังสือที่ {letter.number} เรื่อง {letter.subject} ตามไฟล์แนบ",
        f"ตรวจสอบหนังสือฉบับนี้: {check_address(letter)}",
    ]
    text = "\n\n".join(lines)
    message = EmailMessage(
        " ".join(f"หนังสือที่ {letter.number} {letter.subject}".split())[:200],
        text,
        settings.DEFAULT_FROM_EMAIL,
        [recipient.address],
        attachments=[(f"{letter.number.replace('/', '-')}.pdf", content, "application/pdf")],
    )
    message.send()
