"""Put down, in the transaction of an act, that other programs are to be told of it."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from uuid6 import uuid7

from jitasa.inserting import insert
from jitasa.organizations import versions
from jitasa.organizations.models.version import Topic
from jitasa.webhooks.choices import TEST
from jitasa.webhooks.models import Delivery, Webhook

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listener:
    """An address in use, as it is remembered."""

    webhook_id: int
    events: frozenset[str]
    office: str  # the office's code


@dataclass(frozen=True)
class Happening:
    """Something that an office's programs may be told; ``data`` is what the message says of it."""

    event: str
    organization_id: int
    data: Mapping[str, Any] = field(default_factory=dict)


def listeners() -> Mapping[int, Sequence[Listener]]:
    """By office: the addresses in use. No statement inside a request while nothing changed."""
    return versions.remembered(Topic.REGISTRY, "webhooks", _read)


def _read() -> dict[int, list[Listener]]:
    found: dict[int, list[Listener]] = {}
    rows = Webhook.objects.filter(revoked_at=None, off_at=None)
    for pk, office, code, events in rows.values_list("pk", "organization_id", "organization__code", "events"):
        found.setdefault(office, []).append(Listener(pk, frozenset(events), code))
    return found


def announce(happenings: Iterable[Happening], *, now: datetime) -> int:
    """Queue the messages, in the caller's transaction: one statement for any number. Returns how many.

    The worker is called after the commit; should that fail, the scheduler finds what waits.
    """
    known = listeners()
    rows = [
        _message(each.webhook_id, event=one.event, office=each.office, data=one.data, now=now)
        for one in happenings
        for each in known.get(one.organization_id, ())
        if one.event in each.events
    ]
    insert(rows, keys=False)
    for pk in sorted({row.webhook_id for row in rows}):
        transaction.on_commit(partial(call_worker, pk), robust=True)
    return len(rows)


def message_to(webhook: Webhook, *, now: datetime) -> Delivery:
    """A message that only tries the way (not saved)."""
    return _message(webhook.pk, event=TEST, office=webhook.organization.code, data={}, now=now)


def _message(webhook_id: int, *, event: str, office: str, data: Mapping[str, Any], now: datetime) -> Delivery:
    uuid = uuid7()
    content = {"id": str(uuid), "type": event, "at": now, "organization": office, "data": dict(data)}
    body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return Delivery(webhook_id=webhook_id, uuid=uuid, event=event, body=body, created_at=now)


def call_worker(webhook_id: int) -> None:
    """Ask the worker to send what waits for an address."""
    from jitasa.webhooks.tasks import send_waiting_of

    try:
        send_waiting_of.enqueue(webhook_id)
    except Exception:
        log.exception("messages of webhook %s could not be queued", webhook_id)
