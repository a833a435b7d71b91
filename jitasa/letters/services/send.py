"""Send an issued letter to its recipients: in the background, in chunks, resumable, never twice.

What is still to be sent stands in the letter itself (``pending``): a worker killed half-way loses at
most the chunk it had not committed, and the next one goes on from there. The row ``Dispatch`` is
unique per letter and office, so no chunk can send twice.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.recipients import Addressee
from jitasa.letters.services import counts
from jitasa.organizations.models import Organization

CHUNK = 500


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
    """Go on with every letter whose sending was interrupted; called by the worker's upkeep."""
    waiting = Letter.objects.filter(status=LetterStatus.ISSUED, sent_count__lt=F("send_total"))
    return sum(send_all(letter_id=pk) for pk in waiting.values_list("pk", flat=True))


def send_chunk(*, letter_id: int, now: datetime) -> int:
    """Send to the next ``CHUNK`` recipients in one transaction; 0 when nothing is left."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
        chunk, rest = letter.pending[:CHUNK], letter.pending[CHUNK:]
        if not chunk or letter.status != LetterStatus.ISSUED:  # a recalled letter goes no further
            return 0
        due = letter.answer_by if letter.answer_kind != AnswerKind.NONE else None
        there = set(
            Dispatch.objects.filter(
                letter=letter, recipient_id__in=[pk for pk, _addressed in chunk]
            ).values_list("recipient_id", flat=True)
        )
        fresh = [(pk, addressed) for pk, addressed in chunk if pk not in there]
        Dispatch.objects.bulk_create(
            Dispatch(letter=letter, recipient_id=pk, addressed_id=addressed, delivered_at=now, due_on=due)
            for pk, addressed in fresh
        )
        paths = Organization.objects.filter(pk__in=[pk for pk, _a in fresh]).values_list("path", flat=True)
        counts.add(letter=letter, step="delivered", paths=paths)
        letter.pending = rest
        letter.sent_count = letter.send_total - len(rest)
        letter.save(update_fields=["pending", "sent_count"])
        return len(chunk)
