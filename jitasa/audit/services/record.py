"""Write one audit entry, inside the transaction of the act itself."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from jitasa.audit.models import Chain, Entry


class Actor(Protocol):
    """Who acts; ``organizations.Viewer`` is one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def user_name(self) -> str: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def office_name(self) -> str: ...
    @property
    def address(self) -> str: ...


def record(
    *,
    actor: Actor,
    verb: str,
    now: datetime,
    subject: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Append the entry ``verb`` (``app.act``, e.g. ``activity.submit``) to the actor's chain.

    Must run inside a transaction: the entry and the act live or die together.
    """
    with transaction.atomic():
        chain, _created = Chain.objects.select_for_update().get_or_create(key=chain_key(actor))
        entry = Entry(
            chain=chain,
            number=chain.length + 1,
            at=now,
            actor_id=actor.user_id,
            actor_name=actor.user_name[:150],
            office_id=actor.office_id,
            office_name=actor.office_name[:250],
            address=actor.address[:45],
            verb=verb,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            subject_name=str(subject)[:300] if subject is not None else "",
            data=dict(data or {}),
            previous_hash=chain.head,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        Chain.objects.filter(pk=chain.pk).update(length=entry.number, head=entry.hash)
    return entry


def chain_key(actor: Actor) -> str:
    """The chain an actor writes to: the office's, else the person's, else the system's."""
    if actor.office_id is not None:
        return f"office:{actor.office_id}"
    if actor.user_id is not None:
        return f"person:{actor.user_id}"
    return "system"


def entry_hash(entry: Entry) -> str:
    """SHA-256 over the entry's content and the hash before it."""
    content = [
        entry.chain_id,
        entry.number,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.office_id,
        entry.office_name,
        entry.address,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.subject_name,
        entry.data,
        entry.previous_hash,
    ]
    text = json.dumps(
        content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
