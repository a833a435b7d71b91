"""An office, its people and what the registry knows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.accounts.services.tell import tell
from jitasa.find.services.views import save_view
from jitasa.home.morning import stop_url
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post, PostOffer, RegistryDoubt
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW, Cast


@dataclass(frozen=True)
class World:
    """The cast, and the clerk of each of the two offices the walk compares."""

    cast: Cast

    def officer(self, office: Organization) -> Viewer:
        """The clerk at work: Anong or Chai."""
        found = viewer_for(self.clerk(office), NOW, organization_id=office.pk)
        assert found.organization == office
        return found

    def clerk(self, office: Organization) -> User:
        return Post.objects.get(organization=office, role=Role.OFFICER).user


Arguments = dict[str, Any]


def office(_world: World, office: Organization) -> Arguments:
    return {"organization_id": office.pk}


def office_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.code}


def registry_doubt(_world: World, office: Organization) -> Arguments:
    doubt = RegistryDoubt.objects.create(
        organization=office, column="latitude", value="x", reason="y", noted_at=NOW
    )
    return {"pk": doubt.pk}


def person(world: World, office: Organization) -> Arguments:
    return {"pk": world.clerk(office).pk}


def post(_world: World, office: Organization) -> Arguments:
    return {"pk": Post.objects.get(organization=office, role=Role.OFFICER).pk}


def offer_to_clerk(world: World, office: Organization) -> Arguments:
    """What another office offers to the office's clerk."""
    return _offer(world.clerk(office), world.cast.saithai)


def offer_by_office(world: World, office: Organization) -> Arguments:
    """What the office offers to somebody of another."""
    return _offer(world.cast.people["fah"], office)


def _offer(user: User, office: Organization) -> Arguments:
    now = timezone.now()
    made = PostOffer.objects.create(
        user=user,
        organization=office,
        role=Role.VIEWER,
        from_date=now.date(),
        offered_at=now,
        expires_at=now + timedelta(days=1),
    )
    return {"pk": made.pk}


def notice(_world: World, office: Organization) -> Arguments:
    made = notify(organization=office, kind=NoticeKind.REMINDER, title="เตือน", now=timezone.now())
    return {"pk": made.pk}


def personal_notice(world: World, office: Organization) -> Arguments:
    """Something told to the office's clerk alone."""
    made = tell(people=[world.clerk(office)], kind="post", words=lambda: ("เสนอ", ""), now=timezone.now())
    return {"pk": made[0].pk}


def session(world: World, office: Organization) -> Arguments:
    """A session of the office's clerk, on another device."""
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store.create()
    made = UserSession.objects.create(
        user=world.clerk(office), ip="10.0.0.1", user_agent="", session_key=store.session_key
    )
    return {"pk": made.pk}


def saved_view(world: World, office: Organization) -> Arguments:
    """A list's filters kept by the office's clerk for herself."""
    made = save_view(
        actor=world.officer(office), list_name="activities:list", query="status=draft", name="ร่าง", now=NOW
    )
    return {"pk": made.pk}


def mail_stop(world: World, office: Organization) -> Arguments:
    """The end of the morning mail of the office's clerk."""
    return {"token": stop_url(world.clerk(office)).rstrip("/").rpartition("/")[2]}


def second_factor(world: World, office: Organization) -> Arguments:
    """An authenticator app of the office's clerk."""
    from allauth.mfa.models import Authenticator

    made = Authenticator.objects.create(user=world.clerk(office), type="totp", data={"secret": "x"})
    return {"pk": made.pk}


def district_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.district_code}


def province_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.province_code}


def registry_office(_world: World, office: Organization) -> Arguments:
    return {"pk": office.pk}


def registry_change(_world: World, office: Organization) -> Arguments:
    return {"pk": office.pk, "verb": "rename"}
