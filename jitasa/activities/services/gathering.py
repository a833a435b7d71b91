"""New records of different offices that arrive at one moment go in one transaction (docs/adr/0097).

A transaction costs a record more than its own rows do: a dozen goes to the database, the disk, the locks. While one
is under way in this process, those that arrive wait for it (briefly), and the first of them then sends all of them.
What is not simply sent (something is missing, it looks like another, somebody must be waited for) is left out and
goes alone, as without this module: nothing but the number of transactions differs.

Off unless a process with several threads turns it on (``GATHERING.on``).
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from jitasa.activities.models import Activity
from jitasa.activities.selectors.twins import Sought, twins_of
from jitasa.activities.selectors.values import Parts
from jitasa.activities.services import content, linked
from jitasa.activities.services.parts import PartChanges, new_photos
from jitasa.activities.services.save_draft import Saved, Seen
from jitasa.activities.services.saving import Desk, Prepared, Typed, prepare_new
from jitasa.activities.services.write import write
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.rounds.services.tally import NotTogether

MOST = 16  # records of one transaction
PATIENCE = 0.2  # seconds that a record waits for the transaction of others before it goes alone
MOST_SECONDS = 30.0  # above every limit of a lock; sent again alone it is the same record
logger = logging.getLogger(__name__)


@dataclass(eq=False)
class WaitingRecord:
    """One record, and the thread that waits for its answer: ``saved``, or the word to lead."""

    typed: Typed
    actor: Viewer
    now: datetime
    seen: Seen | None = None
    saved: Saved | None = None
    leads: bool = False
    woken: threading.Event = field(default_factory=threading.Event)


class Gathering:
    """Who waits in this process. One at a time leads: it sends those that wait, then names the next."""

    def __init__(self) -> None:
        self.on = False
        self._lock = threading.Lock()
        self._waiting: deque[WaitingRecord] = deque()
        self._led = False

    def takes(self, typed: Typed, seen: Seen | None) -> bool:
        """Whether the record may be sent with others: a new one without a host, sent at once."""
        new = seen is None or seen.activity is None
        together = self.on and connection.vendor == "postgresql" and not connection.in_atomic_block
        return together and new and typed.values.host_activity is None

    def send(self, asked: WaitingRecord, alone: Callable[[], Saved]) -> Saved:
        """Send it with others or ``alone``. Raises what ``alone`` raises."""
        with self._lock:
            asked.leads, self._led = not self._led, True
            self._waiting.append(asked)
        if not asked.leads and not asked.woken.wait(PATIENCE):
            if self._gave_up(asked):
                return alone()
            asked.woken.wait(MOST_SECONDS)  # others are writing it, or it is to lead
        return self._lead(asked, alone) if asked.leads else asked.saved or alone()

    def _gave_up(self, asked: WaitingRecord) -> bool:
        """Whether it left before anybody took it along."""
        with self._lock:
            if asked not in self._waiting or asked.leads:
                return False
            self._waiting.remove(asked)
            return True

    def _lead(self, own: WaitingRecord, alone: Callable[[], Saved]) -> Saved:
        with self._lock:
            self._waiting.remove(own)
            others = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1))]
        try:
            if not others:
                return alone()
            send_together([own, *others])
        finally:
            for each in others:
                each.woken.set()
            self._name_the_next()
        return own.saved or alone()

    def _name_the_next(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].woken.set()


GATHERING = Gathering()


def send_together(group: Sequence[WaitingRecord]) -> None:
    """Send those that can be sent in one transaction and put down their answers; the others get none."""
    in_order = sorted(group, key=lambda each: each.typed.uuid)  # two processes insert the same in one order
    try:
        with transaction.atomic():
            sent = _sent(in_order)
    except (NotTogether, DatabaseError):
        return
    except Exception:  # a fault of one must not reach the others: each meets its own on its own road
        logger.exception("records that arrived together are sent one by one")
        return
    for asked, prepared in sent:
        asked.saved = Saved(activity=prepared.row)


def _sent(group: Sequence[WaitingRecord]) -> list[tuple[WaitingRecord, Prepared]]:
    unknown = [each.typed.uuid for each in group if each.seen is None]
    known = linked.ids_of(unknown) if unknown else {}
    differences = PartChanges()
    sent: list[tuple[WaitingRecord, Prepared]] = []
    offices: set[int | None] = set()
    alike = twins_of(
        [
            Sought(uuid=each.typed.uuid, office=each.actor.office_id or 0, values=each.typed.values)
            for each in group
        ]
    )
    for each in group:
        if each.typed.uuid in known or each.actor.office_id in offices:
            continue
        offices.add(each.actor.office_id)
        prepared = _prepared(each, alike, differences)
        if prepared is not None:
            sent.append((each, prepared))
    if len(sent) < 2:
        raise NotTogether
    changes = [prepared.change for _asked, prepared in sent if prepared.change is not None]
    now = max(asked.now for asked, _prepared in sent)
    write(changes, linked=linked.LinkedRecords(), differences=differences, now=now)
    return sent


def _prepared(
    asked: WaitingRecord, alike: Mapping[UUID, Sequence[Activity]], differences: PartChanges
) -> Prepared | None:
    """The record as it is sent; ``None`` for one that is not simply sent."""
    typed, actor = asked.typed, asked.actor
    try:
        content.refuse_unstorable(typed.values)
        desk = Desk(
            actor=actor,
            now=asked.now,
            linked=linked.LinkedRecords(),
            photos=new_photos(actor, [(typed.values, Parts())]),
            twins=alike,
        )
        prepared = prepare_new(desk, typed)
    except Refusal:
        return None
    if prepared.change is None or not prepared.change.takes_number:
        return None
    differences.take(desk.differences)
    return prepared
