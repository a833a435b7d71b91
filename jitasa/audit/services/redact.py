"""Reduce entries: addresses whose time is over, names of people who were erased."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from jitasa.audit.models import Chain, Entry
from jitasa.audit.redaction import mac_before, seal_redacted

logger = logging.getLogger(__name__)
BATCH = 500
ERASED = "ผู้ใช้ที่ลบข้อมูลแล้ว"
_FIELDS = ["actor_name", "subject_name", "address", "data", "redacted_at", "redacted_mac", "redaction_seal"]


def forget_addresses(*, now: datetime, most: int = BATCH) -> int:
    """Take the network addresses out of entries older than ``AUDIT_ADDRESS_DAYS`` (a chore of the worker).

    At most ``most`` a call, so that the chore stays short; returns how many.
    """
    old = Entry.objects.filter(at__lt=now - timedelta(days=settings.AUDIT_ADDRESS_DAYS)).exclude(address="")
    return _reduce(old.order_by("at", "id")[:most], _without_address, now)


def erase_person(*, user_id: int, username: str, now: datetime) -> int:
    """Take a person's names out of every entry, within the caller's transaction; returns how many.

    Who acted stays as the person's number, so that her acts can be told from those of others.
    """
    own = Q(actor_id=user_id) & ~Q(actor_name=ERASED)
    about = Q(subject_type="accounts.user", subject_id=str(user_id)) & ~Q(subject_name=ERASED)
    named = Q(data__username=username)

    def nameless(entry: Entry) -> None:
        if entry.actor_id == user_id:
            entry.actor_name = ERASED
        if entry.subject_type == "accounts.user" and entry.subject_id == str(user_id):
            entry.subject_name = ERASED
        if entry.data.get("username") == username:
            entry.data = {**entry.data, "username": ERASED}

    done, last = 0, 0
    while True:
        rows = Entry.objects.filter(own | about | named, pk__gt=last).order_by("pk")[:BATCH]
        found = list(_with_hash_before(rows))
        if not found:
            return done
        done, last = done + _reduce(found, nameless, now), found[-1].pk


def _without_address(entry: Entry) -> None:
    entry.address = ""
    entry.data = {name: value for name, value in entry.data.items() if name != "address"}


def _reduce(rows: "QuerySet[Entry] | list[Any]", change: Callable[[Entry], None], now: datetime) -> int:
    """Apply ``change`` to entries that hold; one that does not is evidence and is left as it is."""
    with transaction.atomic():
        entries = rows if isinstance(rows, list) else list(_with_hash_before(rows))
        chains = Chain.objects.in_bulk({entry.chain_id for entry in entries})
        reduced = [entry for entry in entries if _reduced(entry, chains[entry.chain_id], change, now)]
        Entry.objects.bulk_update(reduced, _FIELDS, batch_size=100)
    return len(reduced)


def _reduced(entry: Any, chain: Chain, change: Callable[[Entry], None], now: datetime) -> bool:
    mac = mac_before(entry, chain, entry.before or "")
    if mac is None:
        logger.error("audit entry %s %s does not hold and is not reduced", entry.chain_id, entry.number)
        return False
    change(entry)
    entry.redacted_at, entry.redacted_mac = now, mac
    entry.redaction_seal = seal_redacted(entry)
    return True


def _with_hash_before(rows: "QuerySet[Entry]") -> "Iterable[Any]":
    """The entries, each with ``before``, the hash it stands on (``None`` for the first of a chain)."""
    previous = Entry.objects.filter(chain=OuterRef("chain"), number=OuterRef("number") - 1)
    return rows.annotate(before=Subquery(previous.values("hash")[:1])).select_for_update(
        of=("self",), no_key=True
    )
