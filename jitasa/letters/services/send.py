"""Send an issued letter to its recipients (see :mod:`jitasa.distribution.services.send`)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from jitasa.distribution.rules import first_escalation
from jitasa.distribution.services.send import Courier
from jitasa.distribution.values import Addressee
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.services import counts
from jitasa.organizations.choices import Level
from jitasa.webhooks.choices import Event
from jitasa.webhooks.services.announce import Happening, announce, listeners


def _received(letter: Letter, row: Dispatch) -> Happening:
    """What a program of the recipient is told (``webhooks``)."""
    data = {
        "id": row.pk,
        "uuid": str(letter.uuid),
        "number": letter.number,
        "subject": letter.subject,
        "due_on": row.due_on,
    }
    return Happening(Event.LETTER, row.recipient_id, data)


class LetterCourier(Courier[Letter, Dispatch]):
    """A letter that was called back goes no further; every new dispatch is counted."""

    def going(self) -> QuerySet[Letter]:
        return Letter.objects.filter(status=LetterStatus.ISSUED)

    def deliveries(self, thing: Letter) -> QuerySet[Dispatch]:
        return thing.dispatches.all()

    def delivery(self, thing: Letter, to: Addressee, now: datetime) -> Dispatch:
        """Those who are to answer get the day."""
        is_asked = rules.is_asked(thing, is_lao=to.level == Level.LAO)
        return Dispatch(
            letter=thing,
            recipient_id=to.recipient_id,
            addressed_id=to.addressed_id,
            path=to.path,
            delivered_at=now,
            due_on=thing.answer_by if is_asked else None,
            escalate_at=first_escalation(delivered_at=now, after_days=thing.escalate_after_days),
        )

    def needs_keys(self) -> bool:
        """A program that listens is told the delivery's key."""
        return bool(listeners())

    def arrived(self, thing: Letter, rows: Sequence[tuple[Addressee, Dispatch]]) -> None:
        laos = frozenset(to.recipient_id for to, _row in rows if to.level == Level.LAO)
        counts.delivered(letter=thing, dispatches=[row for _to, row in rows], laos=laos)
        if rows and listeners():
            announce([_received(thing, row) for _to, row in rows], now=rows[0][1].delivered_at)

    def enqueue(self, thing_id: int) -> None:
        from jitasa.letters.tasks import send as task

        task.enqueue(thing_id)


courier = LetterCourier()
