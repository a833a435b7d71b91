"""Send something to many offices: in chunks, in the background, resumable, never twice.

What is still to be sent stands in the thing itself (``Sending.pending``): a worker killed in the middle
loses at most the chunk it had not committed, and the next one goes on from there. A delivery is unique
per thing and office, so no chunk can send twice.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from jitasa.distribution.models import DeliveryColumns, Sending
from jitasa.distribution.selectors.recipients import standing
from jitasa.distribution.values import Addressee
from jitasa.inserting import insert

log = logging.getLogger(__name__)
Thing = TypeVar("Thing", bound=Sending)
Delivery = TypeVar("Delivery", bound=DeliveryColumns)


class Courier(ABC, Generic[Thing, Delivery]):
    """How one kind of thing is sent. ``chunk`` recipients are reached in one transaction."""

    chunk = 500

    @abstractmethod
    def going(self) -> QuerySet[Thing]:
        """The things that may (still) be sent, with what a delivery needs of them."""

    @abstractmethod
    def deliveries(self, thing: Thing) -> QuerySet[Delivery]:
        """The deliveries of the thing so far."""

    @abstractmethod
    def delivery(self, thing: Thing, to: Addressee, now: datetime) -> Delivery:
        """A delivery not yet stored."""

    @abstractmethod
    def arrived(self, thing: Thing, rows: Sequence[tuple[Addressee, Delivery]]) -> None:
        """What follows from new deliveries, in their transaction: counts, notices."""

    def needs_keys(self) -> bool:
        """Whether :meth:`arrived` wants the keys of new deliveries; without, many rows go in one statement."""
        return False

    @abstractmethod
    def enqueue(self, thing_id: int) -> None:
        """Ask the worker to send what is left."""

    def prepare(self, thing: Thing, addressees: Sequence[Addressee]) -> None:
        """Note on the thing (not saved) who is to get it. A short list is sent at once: :meth:`start`."""
        at_once = len(addressees) <= self.chunk
        thing.pending = [] if at_once else [[each.recipient_id, each.addressed_id] for each in addressees]
        thing.send_total = len(addressees)
        thing.sent_count = len(addressees) if at_once else 0

    def start(self, thing: Thing, addressees: Sequence[Addressee], now: datetime) -> None:
        """Send a prepared and saved thing: one chunk now, more by the worker. Runs in the same transaction."""
        if thing.pending:
            transaction.on_commit(lambda: self.enqueue(thing.pk))
        else:
            self._deliver(thing, addressees, now)

    def send_all(self, thing_id: int) -> int:
        """Send everything that is left, chunk by chunk; return the number sent in this call."""
        sent = 0
        while count := self.send_chunk(thing_id, now=timezone.now()):
            sent += count
        return sent

    def resume(self) -> int:
        """Go on with everything whose sending was interrupted; called by the worker's upkeep.

        A thing that cannot be sent is logged and keeps no other from going out.
        """
        sent = 0
        waiting = self.going().filter(sent_count__lt=F("send_total")).order_by("pk")
        for pk in waiting.values_list("pk", flat=True):
            try:
                sent += self.send_all(pk)
            except Exception:  # the next minute tries again; the log says which one it was
                log.exception("%s: sending of %s stopped", type(self).__name__, pk)
        return sent

    @transaction.atomic
    def send_chunk(self, thing_id: int, *, now: datetime) -> int:
        """Send to the next recipients in one transaction; 0 when nothing is left or it goes no further.

        An office merged away since it was chosen is replaced by its successor.
        """
        thing = self.going().select_for_update(of=("self",), no_key=True).filter(pk=thing_id).first()
        if thing is None or not thing.pending:
            return 0
        chunk, rest = thing.pending[: self.chunk], thing.pending[self.chunk :]
        offices = standing(dict(chunk), sender_id=thing.organization_id)
        there = set(
            self.deliveries(thing)
            .filter(recipient__in=[each.recipient_id for each in offices])
            .values_list("recipient_id", flat=True)
        )
        self._deliver(thing, [each for each in offices if each.recipient_id not in there], now)
        thing.pending = rest
        thing.sent_count = thing.send_total - len(rest)
        thing.save(update_fields=["pending", "sent_count"])
        return len(chunk)

    def _deliver(self, thing: Thing, addressees: Sequence[Addressee], now: datetime) -> None:
        rows = [(each, self.delivery(thing, each, now)) for each in addressees]
        insert([row for _to, row in rows], keys=self.needs_keys())
        self.arrived(thing, rows)
