"""What the programs of the recording office are told of an act on its records (``webhooks``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from jitasa.activities.choices import Status
from jitasa.activities.models.history import Act
from jitasa.webhooks.choices import Event
from jitasa.webhooks.services.announce import Happening, announce, listeners

if TYPE_CHECKING:
    from jitasa.activities.services.write import Change


def announce_changes(changes: Sequence[Change], *, now: datetime) -> None:
    """Queue what is to be told, in the transaction of the act. No statement where no office listens."""
    happenings = [each for change in changes for each in _of(change)]
    if happenings and not listeners().keys().isdisjoint(each.organization_id for each in happenings):
        announce(happenings, now=now)


def _of(change: Change) -> Iterator[Happening]:
    row = change.row
    event = _event(change)
    if event is not None:
        data = {
            "uuid": str(row.uuid),
            "number": row.number,
            "revision": row.revision,
            "status": change.to.value,
            "month": f"{row.month:%Y-%m}",
        }
        if event == Event.RETURNED:
            last = change.steps[-1]
            data |= {"reason": last.reason, "fields": list(last.fields)}
        yield Happening(event, row.organization_id, data)


def _event(change: Change) -> Event | None:
    if change.sends:
        return Event.SUBMITTED
    last = change.steps[-1] if change.steps else None
    if last is None or last.organization == change.row.organization_id:
        return None
    if last.act == Act.ACCEPTED:
        return Event.ACCEPTED
    return Event.RETURNED if last.act == Act.RETURNED and change.to == Status.RETURNED else None
