"""Notices of the office a person works in."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from jitasa.accounts.models import PersonalNotice, User
from jitasa.notices.models import Notice, Reading
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today

# Older ones stay in the list, but nobody who joins an office is greeted with years of unread notices.
UNREAD_FOR = timedelta(days=60)


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """All notices of the viewer's own office, the newest first, each with ``is_read`` for the person.

    Notices are letters to one office: whoever stands above does not read them, nor does the centre beside it.
    """
    if viewer.organization is None or not viewer.roles or viewer.only_steers:
        return Notice.objects.none()
    rows = Notice.objects.filter(organization=viewer.organization)
    rows = rows.annotate(is_read=_is_read_by(viewer))
    return rows.select_related("sender").order_by("-created_at", "-id")


def unread_for(viewer: Viewer, now: datetime) -> QuerySet[Notice]:
    """The notices of the last 60 days that the person has not seen, the newest first."""
    since = now - UNREAD_FOR
    return notices_for(viewer).filter(created_at__gte=since).exclude(_is_read_by(viewer))


def personal_for(viewer: Viewer, now: datetime) -> QuerySet[PersonalNotice]:
    """What was told to the person herself in the last 60 days or is unread, the newest first; nothing
    while she looks at another office as it sees itself."""
    if viewer.user is None or viewer.read_only:
        return PersonalNotice.objects.none()
    since = now - UNREAD_FOR
    rows = PersonalNotice.objects.filter(user=viewer.user)
    return rows.filter(Q(read_at=None) | Q(created_at__gte=since)).order_by("-created_at", "-id")


def unread_count(viewer: Viewer, now: datetime) -> int:
    """How many the office's and the person's own unread notices are: one query, over the indexes."""
    own = personal_for(viewer, now).filter(read_at=None).order_by().values_list("pk")
    if viewer.organization is None or not viewer.roles or viewer.only_steers:
        return own.count()
    since = now - UNREAD_FOR
    rows = Notice.objects.filter(organization=viewer.organization, created_at__gte=since)
    return rows.exclude(_is_read_by(viewer)).values_list("pk").union(own, all=True).count()


def addresses_of(organization: Organization, now: datetime) -> list[str]:
    """Where mail to an office goes: its people's addresses, else the office's central one, else nowhere.

    Who acts for the volunteer centre beside it is told of the office's work by nothing.
    """
    posts = Post.objects.filter(organization=organization).exclude(role=Role.CENTRE).valid_on(today(now))
    people = User.objects.filter(pk__in=posts.values("user_id"), is_active=True).exclude(email="")
    found = sorted(set(people.values_list("email", flat=True)))
    if not found and organization.central_email:
        return [organization.central_email]
    return found


def _is_read_by(viewer: Viewer) -> Exists:
    return Exists(Reading.objects.filter(notice=OuterRef("pk"), user=viewer.user))
