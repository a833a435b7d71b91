"""Send an issued letter to its recipients: in the background, in chunks, resumable, never twice.

What is still to be sent stands in the letter itself (``pending``): a worker killed half-way loses at
most the chunk it had not committed, and the next one goes on from there. The row ``Dispatch`` is
unique per letter and office, so no chunk can send twice.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.recipients import Addressee
from jitasa.letters.services import counts
from jitasa.organizations.models import Organization

CHUNK = 500
log = logging.getLogger(__name__)


def start_sending(*, letter: Letter, addressees: Sequence[Addressee], now: datetime) -> None:
    """Note who is to get the letter and ask the worker; short lists are sent at once.

    Runs in the transaction that issues the letter.
    """
    letter.pending = [[each.recipient_id, each.addressed_id] for each in addressees]
    letter.send_total, letter.sent_count = len(addressees), 0
    letter.save(update_fields=["pending", "send_total", "sent_count"])
    if len(addressees) <= CHUNK:
        send_chunk(letter_id=letter.pk, now=now)
        letter.refresh_from_db()
        return
    transaction.on_commit(lambda: _enqueue(letter.pk))


def _enqueue(letter_id: int) -> None:
    from jitasa.letters.tasks import send as task

    task.enqueue(letter_id)


def send_all(*, letter_id: int) -> int:
    """Send everything that is left, chunk by chunk; answers how many were sent in this call."""
    sent = 0
    while count := send_chunk(letter_id=letter_id, now=timezone.now()):
        sent += count
    return sent


def resume() -> int:
    """Go on with every letter whose sending was interrupted; called by the worker's upkeep.

    A letter that cannot be sent is logged and keeps no other from going out.
    """
    waiting = Letter.objects.filter(status=LetterStatus.ISSUED, sent_count__lt=F("send_total"))
    sent = 0
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        try:
            sent += send_all(letter_id=pk)
        except Exception:  # the next minute tries again; the log says which letter it was
            log.exception("sending of letter %s stopped", pk)
    return sent


def send_chunk(*, letter_id: int, now: datetime) -> int:
    """Send to the next ``CHUNK`` recipients in one transaction; 0 when nothing is left."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
        chunk, rest = letter.pending[:CHUNK], letter.pending[CHUNK:]
        if not chunk or letter.status != LetterStatus.ISSUED:  # a recalled letter goes no further
            return 0
        fresh = _fresh(letter, chunk, now)
        Dispatch.objects.bulk_create(fresh)
        counts.delivered(letter=letter, dispatches=fresh)
        letter.pending = rest
        letter.sent_count = letter.send_total - len(rest)
        letter.save(update_fields=["pending", "sent_count"])
        return len(chunk)


def _fresh(letter: Letter, chunk: list[list[int | None]], now: datetime) -> list[Dispatch]:
    """The dispatches of a chunk that are not there yet; those who are to answer get the day."""
    addressed = {recipient: chosen for recipient, chosen in chunk if recipient is not None}
    there = Dispatch.objects.filter(letter=letter, recipient_id__in=addressed).values("recipient_id")
    offices = Organization.objects.filter(pk__in=addressed).exclude(pk__in=there).order_by("pk")
    return [
        Dispatch(
            letter=letter,
            recipient=office,
            addressed_id=addressed[office.pk],
            delivered_at=now,
            due_on=letter.answer_by if rules.is_asked(letter, office) else None,
        )
        for office in offices
    ]
