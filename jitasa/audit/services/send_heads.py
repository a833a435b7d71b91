"""Send the ends of all chains off the machine, once a day."""

import gzip
import hashlib
import logging
import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from jitasa.audit.models import HeadsSent
from jitasa.audit.selectors.heads import Heads, current_heads, written
from jitasa.thai.dates import today

log = logging.getLogger(__name__)
TRY_AGAIN_AFTER = timedelta(hours=1)


def send_heads(*, now: datetime) -> HeadsSent | None:
    """Today's heads to ``JITASA_AUDIT_HEADS_DIR`` and ``JITASA_AUDIT_HEADS_MAIL``; a failed try again in an hour.

    Return the day's row when this call sent them; ``None`` when there is nothing to do (sent already,
    another worker is at it, or the operator named no place).
    """
    if not (settings.AUDIT_HEADS_DIR or settings.AUDIT_HEADS_MAIL) or not _claimed(now):
        return None
    heads = current_heads(now)
    document = written(heads)
    try:
        _deliver(document, heads, now)
    except OSError as error:  # smtplib's errors are OSErrors too
        log.exception("audit heads were not sent")
        HeadsSent.objects.filter(day=today(now)).update(trouble=str(error)[:300])
        return None
    row = HeadsSent.objects.get(day=today(now))
    row.sent_at, row.chains, row.entries, row.trouble = now, len(heads.chains), heads.entries, ""
    row.sha256 = hashlib.sha256(document).hexdigest()
    row.save()
    return row


def _claimed(now: datetime) -> bool:
    """Whether this process may try: of several workers one, and not sooner than an hour after a failure."""
    row, made = HeadsSent.objects.get_or_create(day=today(now), defaults={"tried_at": now})
    waiting = HeadsSent.objects.filter(day=row.day, sent_at=None, tried_at__lte=now - TRY_AGAIN_AFTER)
    return made or waiting.update(tried_at=now) == 1


def _deliver(document: bytes, heads: Heads, now: datetime) -> None:
    name = f"audit-heads-{today(now):%Y-%m-%d}.json"
    if settings.AUDIT_HEADS_DIR:
        _write(Path(settings.AUDIT_HEADS_DIR) / name, document)
    if settings.AUDIT_HEADS_MAIL:
        message = EmailMessage(
            subject=f"INFO จิตอาสา: ค่าท้ายสายบันทึกการใช้งาน {today(now):%Y-%m-%d}",
            body=(
                f"{settings.SITE_URL}\n{len(heads.chains):,} สาย {heads.entries:,} รายการ\n"
                f"SHA-256 ของไฟล์ก่อนบีบอัด {hashlib.sha256(document).hexdigest()}\n\n"
                f"เก็บไว้นอกเครื่องแม่ข่าย ตรวจด้วย: gunzip {name}.gz && jitasa verify-audit --against {name}\n"
            ),
            to=settings.AUDIT_HEADS_MAIL,
            attachments=[(f"{name}.gz", gzip.compress(document, mtime=0), "application/gzip")],
        )
        message.send()


def _write(path: Path, document: bytes) -> None:
    """Whole or not at all: the folder may be another machine's."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
