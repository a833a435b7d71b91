"""Reads about people and their sessions."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from jitasa.accounts.models import User
from jitasa.accounts.rules import device_name


@dataclass(frozen=True)
class Device:
    """One signed-in browser of a person."""

    pk: int
    name: str
    address: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_current: bool


def sessions_of(user: User, now: datetime) -> QuerySet[UserSession]:
    """The living sessions of a person, the last used first."""
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=living)
    return rows.order_by("-last_seen_at", "-pk")


def devices_of(user: User, current_key: str | None, now: datetime) -> list[Device]:
    """The same as a page shows them."""
    return [
        Device(
            pk=session.pk,
            name=device_name(session.user_agent),
            address=session.ip,
            signed_in_at=session.created_at,
            last_seen_at=session.last_seen_at,
            is_current=session.session_key == current_key,
        )
        for session in sessions_of(user, now)
    ]
