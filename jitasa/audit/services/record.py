"""Write audit entries, inside the transaction of the act itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from jitasa.audit.hashing import content_mac, link, seal
from jitasa.audit.models import Chain, Entry, Scheme
from jitasa.inserting import insert, new_row
from jitasa.together import run

# The end of a chain moves in one statement that also locks it, makes it if it is new, and says where it is.
_ONE = """
INSERT INTO audit_chain (key, length, head, plain_length, anchor) VALUES (%(key)s, 1, {first}, 0, '')
ON CONFLICT (key) DO UPDATE SET length = audit_chain.length + 1, head = {next}
RETURNING length, head
"""
_SHA256 = {"sqlite": "sha256({0})", "postgresql": "encode(sha256(({0})::text::bytea), 'hex')"}
PLAIN = frozenset({str, int, bool, type(None)})  # comes back from JSON as it went in
_MANY = """
INSERT INTO audit_chain (key, length, head, plain_length, anchor) VALUES (%(key)s, %(count)s, '', 0, '')
ON CONFLICT (key) DO UPDATE SET length = audit_chain.length + %(count)s
RETURNING length, head
"""


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


@dataclass(frozen=True)
class Act:
    """What one entry says beside who, when and from where: ``verb`` (``app.act``), its subject and data."""

    verb: str
    subject: models.Model | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    actor: Actor,
    verb: str,
    now: datetime,
    subject: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
    chain: str = "",
    held: "Held | None" = None,
) -> Entry:
    """Append the entry ``verb`` (``app.act``, e.g. ``activity.submit``) to the actor's chain: two statements.

    Must run inside a transaction: the entry and the act live or die together. The chain's row stays
    locked until that transaction ends, so acts of one office write their entries one after another
    and offices never wait for each other: write late. ``chain`` names another chain, for acts of strangers.
    ``held``: the chain as it was locked in this transaction; then nothing is waited for.
    """
    key = chain or chain_key(actor)
    entry = _entry(actor, Act(verb, subject, data or {}), key, now)
    with transaction.atomic(savepoint=False):
        entry.number, entry.hash = _moved(key, content_mac(entry), held)
        entry.seal = seal(key, entry.number, entry.hash)
        insert([entry], keys=held is None)
    return entry


def record_many(*, actor: Actor, acts: Sequence[Act], now: datetime, chain: str = "") -> list[Entry]:
    """Append one entry per act to the actor's chain, in their order: three statements however many.

    Otherwise as ``record``.
    """
    if not acts:
        return []
    key = chain or chain_key(actor)
    entries = [_entry(actor, act, key, now) for act in acts]
    with transaction.atomic(savepoint=False):
        length, head = _statement(_MANY, {"key": key, "count": len(entries)})
        for number, entry in enumerate(entries, start=length - len(entries) + 1):
            head = link(head, content_mac(entry))
            entry.number, entry.hash, entry.seal = number, head, seal(key, number, head)
        insert(entries, keys=False)
        Chain.objects.filter(pk=key).update(head=head)
    return entries


# Locks the end of a chain and says where it is, for an act that takes another lock after it and must not wait
# when it writes its entry last (docs/architecture.md, "Order of locks"); one parameter, the chain's key.
HELD_CHAIN = "SELECT length, head FROM audit_chain WHERE key = %s FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Held:
    """The end of a chain under lock (:data:`HELD_CHAIN`): nobody else moves it in this transaction."""

    length: int
    head: str


def chain_key(actor: Actor) -> str:
    """The chain an actor writes to: the office's, else the person's, else the system's."""
    if actor.office_id is not None:
        return f"office:{actor.office_id}"
    if actor.user_id is not None:
        return f"person:{actor.user_id}"
    return "system"


def plain(data: Mapping[str, Any]) -> Any:
    """The data as they come back from the database: text keys, dates and decimals as text."""
    if PLAIN.issuperset(map(type, data.values())) and {str}.issuperset(map(type, data)):
        return dict(data)
    return json.loads(json.dumps(dict(data), cls=DjangoJSONEncoder, ensure_ascii=False))


def _entry(actor: Actor, act: Act, chain: str, now: datetime) -> Entry:
    subject = act.subject
    return new_row(
        Entry,
        chain_id=chain,
        at=now,
        actor_id=actor.user_id,
        actor_name=actor.user_name[:150],
        office_id=actor.office_id,
        office_name=actor.office_name[:250],
        address=actor.address[:45],
        verb=act.verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_name=str(subject)[:300] if subject is not None else "",
        data=plain(act.data),
        scheme=Scheme.KEYED,
    )


def _moved(key: str, mac: str, held: Held | None) -> tuple[int, str]:
    """Move the end of the chain by one entry and return its number and hash."""
    if held is not None:
        number, head = held.length + 1, link(held.head, mac)
        run("UPDATE audit_chain SET length = %s, head = %s WHERE key = %s", [number, head, key])
        return number, head
    sha256 = _SHA256[connection.vendor].format
    sql = _ONE.format(first=sha256("%(mac)s"), next=sha256("audit_chain.head || %(mac)s"))
    return _statement(sql, {"key": key, "mac": mac})


def _statement(sql: str, values: dict[str, Any]) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        length, head = cursor.fetchone()
    return length, head
