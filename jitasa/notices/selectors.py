"""Notices of the office a person works in."""

from datetime import datetime, timedelta

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from jitasa.accounts.models import PersonalNotice, User
from jitasa.compiled import Compiled
from jitasa.notices.models import Notice, Reading
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today

# Older ones stay in the list, but nobody who joins an office is greeted with years of unread notices.
UNREAD_FOR = timedelta(days=60)
NOBODY = 0  # no key of a row


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """All notices of the viewer's own office, the newest first, each with ``is_read`` for the person.

    Notices are letters to one office: whoever stands above does not read them, nor does the centre beside it.
    """
    office = _office_of(viewer)
    if office is None:
        return Notice.objects.none()
    rows = Notice.objects.filter(organization=office)
    rows = rows.annotate(is_read=_is_read_by(viewer.user))
    return rows.select_related("sender").order_by("-created_at", "-id")


def unread_for(viewer: Viewer, now: datetime) -> QuerySet[Notice]:
    """The notices of the last 60 days that the person has not seen, the newest first."""
    since = now - UNREAD_FOR
    return notices_for(viewer).filter(created_at__gte=since).exclude(_is_read_by(viewer.user))


def personal_for(viewer: Viewer, now: datetime) -> QuerySet[PersonalNotice]:
    """What was told to the person herself in the last 60 days or is unread, the newest first; nothing
    while she looks at another office as it sees itself."""
    if viewer.user is None or viewer.read_only:
        return PersonalNotice.objects.none()
    since = now - UNREAD_FOR
    rows = PersonalNotice.objects.filter(user=viewer.user)
    return rows.filter(Q(read_at=None) | Q(created_at__gte=since)).order_by("-created_at", "-id")


def unread_count(viewer: Viewer, now: datetime) -> int:
    """How many the office's and the person's own unread notices are: one statement, over the indexes.

    It stands on every page of the product, so its text is made once.
    """
    user, office = viewer.user, _office_of(viewer)
    if user is None:
        return 0
    found = _UNREAD.first(
        reader=user.pk,
        told=NOBODY if viewer.read_only else user.pk,
        office=office.pk if office is not None else NOBODY,
        since=now - UNREAD_FOR,
    )
    return found or 0


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


def _office_of(viewer: Viewer) -> Organization | None:
    """Whose notices the viewer reads; nobody's without a post, nor who acts for the centre alone."""
    return viewer.organization if viewer.roles and not viewer.only_steers else None


def _is_read_by(reader: User | int | None) -> Exists:
    return Exists(Reading.objects.filter(notice=OuterRef("pk"), user=reader))


class _Counted(Subquery):
    """How many rows a query has, as a column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _unread(reader: int, told: int, office: int, since: datetime) -> QuerySet[User, int]:
    of_office = Notice.objects.filter(organization=office, created_at__gte=since)
    of_office = of_office.exclude(_is_read_by(reader))
    own = PersonalNotice.objects.filter(user=told, read_at=None)
    unread = _Counted(of_office.values("pk")) + _Counted(own.values("pk"))
    return User.objects.filter(pk=reader).annotate(unread=unread).values_list("unread", flat=True)


_UNREAD = Compiled(_unread, reader=int, told=int, office=int, since=datetime)
