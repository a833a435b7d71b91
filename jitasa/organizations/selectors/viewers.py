"""Who is looking, from the session."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from jitasa.accounts.models import User
from jitasa.compiled import Compiled
from jitasa.organizations import versions
from jitasa.organizations.choices import Role
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules_people import may_view_as
from jitasa.organizations.rules_second_factor import needs_second_factor
from jitasa.organizations.viewer import GUEST, Viewer
from jitasa.thai.dates import today

OFFICE_KEY = "office"  # session: the organization the person works in now
VIEW_AS_KEY = "view_as"  # session: the organization an officer above looks at, read-only


def client_address(request: HttpRequest) -> str:
    """The address the request came from, as the server in front of us reports it."""
    return str(request.META.get("REMOTE_ADDR") or "")


def viewer_of(request: HttpRequest, now: datetime) -> Viewer:
    """The viewer of a request; ``GUEST`` with an address for anybody not signed in."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return Viewer(address=client_address(request))
    chosen = request.session.get(OFFICE_KEY)
    viewer = viewer_for(user, now, organization_id=chosen, address=client_address(request))
    view_as = request.session.get(VIEW_AS_KEY)
    return viewing_as(viewer, view_as) if view_as else viewer


def viewing_as(viewer: Viewer, organization_id: int) -> Viewer:
    """The viewer looking, read-only, at an office below; unchanged when that is not allowed (any more)."""
    below = Organization.objects.visible_to(viewer).filter(pk=organization_id).first()
    if below is None or not may_view_as(viewer, below):
        return viewer
    return Viewer(
        user=viewer.user,
        organization=below,
        roles=frozenset({Role.VIEWER}),
        address=viewer.address,
        read_only=True,
        viewing_from=viewer.organization,
        needs_second_factor=viewer.needs_second_factor,
    )


def posts_of(user: User, now: datetime) -> QuerySet[Post]:
    """The posts a person holds today in offices that are open today, the oldest first."""
    return _posts(user.pk, today(now))


def _posts(user_id: int, day: date) -> QuerySet[Post]:
    open_today = is_open("organization") | Q(organization__closed_on__gt=day)
    rows = Post.objects.filter(open_today, user=user_id).valid_on(day)
    return rows.select_related("organization").order_by("from_date", "id")


def viewers_of(people: Collection[User], now: datetime) -> dict[int, list[Viewer]]:
    """Each person in each office where she holds a post today, as :func:`viewer_for` makes one. One statement."""
    day = today(now)
    open_today = is_open("organization") | Q(organization__closed_on__gt=day)
    posts = Post.objects.filter(open_today, user__in=people).valid_on(day)
    held: dict[tuple[int, int], list[Post]] = {}
    for post in posts.select_related("organization").order_by("from_date", "id"):
        held.setdefault((post.user_id, post.organization_id), []).append(post)
    by_id = {person.pk: person for person in people}
    found: dict[int, list[Viewer]] = {person.pk: [] for person in people}
    for (user_id, _office), here in held.items():
        roles = frozenset(Role(post.role) for post in here)
        office, title = here[0].organization, here[0].title
        found[user_id].append(Viewer(user=by_id[user_id], organization=office, roles=roles, title=title))
    return found


def _served_since() -> Subquery:
    """The first day of anybody's post in the office of a post."""
    first = Post.objects.filter(organization=OuterRef("organization")).order_by("from_date")
    return Subquery(first.values("from_date")[:1])


_WITH_VERSIONS = Compiled(
    lambda user, day: _posts(user, day).annotate(served_since=_served_since(), **versions.annotations()),
    user=int,
    day=date,
)


def viewer_for(user: User, now: datetime, *, organization_id: int | None = None, address: str = "") -> Viewer:
    """A person in one office: the one asked for if a post is held there today, else the first."""
    posts = _WITH_VERSIONS.rows(user=user.pk, day=today(now))
    if posts:
        versions.learn(posts[0])
    here = [post for post in posts if post.organization_id == organization_id] or [
        post for post in posts if post.organization_id == posts[0].organization_id
    ]
    needs = needs_second_factor(
        [(post.organization.level, post.role) for post in posts], required=settings.MFA_REQUIRED
    )
    if not here:
        return Viewer(user=user, address=address, needs_second_factor=needs)
    return Viewer(
        user=user,
        organization=here[0].organization,
        roles=frozenset(Role(post.role) for post in here),
        title=here[0].title,
        address=address,
        offices=tuple({post.organization_id: post.organization for post in posts}.values()),
        served_since=here[0].served_since,
        needs_second_factor=needs,
    )


__all__ = [
    "GUEST",
    "OFFICE_KEY",
    "VIEW_AS_KEY",
    "client_address",
    "posts_of",
    "viewer_for",
    "viewer_of",
    "viewers_of",
    "viewing_as",
]
