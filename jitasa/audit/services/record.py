"""Write one audit entry, inside the transaction of the act itself."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
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
    chain: str = "",
) -> Entry:
    """Append the entry ``verb`` (``app.act``, e.g. ``activity.submit``) to the actor's chain.

    Must run inside a transaction: the entry and the act live or die together. The chain's row stays
    locked until that transaction ends, so acts of one office write their entries one after another
    and offices never wait for each other. ``chain`` names another chain, for acts of strangers.
    """
    with transaction.atomic():
        key = chain or chain_key(actor)
        locked, _created = Chain.objects.select_for_update().get_or_create(key=key)
        entry = Entry(
            chain=locked,
            number=locked.length + 1,
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
            data=plain(data or {}),
            previous_hash=locked.head,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        Chain.objects.filter(pk=locked.pk).update(length=entry.number, head=entry.hash)
    return entry


def chain_key(actor: Actor) -> str:
    """The chain an actor writes to: the office's, else the person's, else the system's."""
    if actor.office_id is not None:
        return f"office:{actor.office_id}"
    if actor.user_id is not None:
        return f"person:{actor.user_id}"
    return "system"


def plain(data: Mapping[str, Any]) -> Any:
    """The data as they come back from the database: text keys, dates and decimals as text."""
    return json.loads(json.dumps(dict(data), cls=DjangoJSONEncoder, ensure_ascii=False))


def _canonical(value: Any) -> Any:
    """One spelling of a number: a database may store 1e+16 and give 10000000000000000 back."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return value


def entry_hash(entry: Entry) -> str:
    """SHA-256 over the entry's content and the hash before it."""
    content = [
        entry.chain_id,
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.office_id,
        entry.office_name,
        entry.address,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.subject_name,
        _canonical(entry.data),
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
