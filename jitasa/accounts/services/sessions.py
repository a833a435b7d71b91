"""End sessions: one device, or all but this one."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from jitasa.accounts.models import User
from jitasa.audit.services.record import Actor, record


@transaction.atomic
def end_session(*, actor: Actor, session: UserSession, now: datetime) -> None:
    """Sign one device out."""
    session.end()
    record(actor=actor, verb="accounts.end_session", data={"address": session.ip}, now=now)


@transaction.atomic
def end_other_sessions(*, actor: Actor, user: User, current_key: str | None, now: datetime) -> int:
    """Sign every other device of a person out; returns how many there were."""
    others = list(UserSession.objects.filter(user=user).exclude(session_key=current_key or ""))
    for session in others:
        session.end()
    if others:
        record(actor=actor, verb="accounts.end_other_sessions", data={"count": len(others)}, now=now)
    return len(others)
