"""A person's own details and how screens speak to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from jitasa.accounts.models import User
from jitasa.accounts.rules import search_text
from jitasa.audit.services.record import Actor, record

FIELDS = ("full_name", "email", "phone", "numerals", "language", "morning_mail")


@transaction.atomic
def save_profile(*, actor: Actor, user: User, values: Mapping[str, Any], now: datetime) -> User:
    """Store validated values of ``FIELDS``; the entry names what changed, not the personal values."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    changed = [name for name in FIELDS if name in values and getattr(locked, name) != values[name]]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    locked.search_text = search_text(full_name=locked.full_name, username=locked.username)
    locked.save(update_fields=[*changed, "search_text"])
    record(actor=actor, verb="accounts.save_profile", subject=locked, data={"changed": changed}, now=now)
    return locked
