"""End sessions: one device, all but this one, or all of a person."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

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


def end_all_sessions(user: User) -> None:
    """Sign a person out everywhere, at once; within the caller's transaction and audit entry.

    The number in every session's hash goes up, so that also a session nobody listed opens nothing.
    """
    User.objects.filter(pk=user.pk).update(session_number=F("session_number") + 1)
    user.refresh_from_db(fields=["session_number"])
    rows = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()


def forget_ended_sessions(*, now: datetime) -> int:
    """Remove what is kept about devices whose sessions are over (a chore of the worker); returns how many."""
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    count, _rows = UserSession.objects.exclude(session_key__in=living).delete()
    return int(count)
