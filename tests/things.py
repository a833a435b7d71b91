"""One thing of each kind in a given office, for the walk over all routes (``tests/routes.py``)."""

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from tests.cast import Cast


@dataclass(frozen=True)
class World:
    """The cast, and the clerk of each of the two offices the walk compares."""

    cast: Cast

    def clerk(self, office: Organization) -> User:
        return Post.objects.get(organization=office, role=Role.OFFICER).user


Arguments = dict[str, Any]


def office(_world: World, office: Organization) -> Arguments:
    return {"organization_id": office.pk}


def person(world: World, office: Organization) -> Arguments:
    return {"pk": world.clerk(office).pk}


def post(_world: World, office: Organization) -> Arguments:
    return {"pk": Post.objects.get(organization=office, role=Role.OFFICER).pk}


def notice(_world: World, office: Organization) -> Arguments:
    made = notify(organization=office, kind=NoticeKind.REMINDER, title="เตือน", now=timezone.now())
    return {"pk": made.pk}


def session(world: World, office: Organization) -> Arguments:
    """A session of the office's clerk, on another device."""
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store.create()
    made = UserSession.objects.create(
        user=world.clerk(office), ip="10.0.0.1", user_agent="", session_key=store.session_key
    )
    return {"pk": made.pk}
