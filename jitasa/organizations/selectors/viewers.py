"""Who is looking, from the session."""

from datetime import datetime

from django.http import HttpRequest

from jitasa.accounts.models import User
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
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
    if view_as and viewer.organization is not None:
        below = Organization.objects.visible_to(viewer).filter(pk=view_as).first()
        if below is not None:
            return Viewer(
                user=user,
                organization=below,
                roles=frozenset({Role.VIEWER}),
                address=viewer.address,
                read_only=True,
                viewing_from=viewer.organization,
            )
    return viewer


def viewer_for(user: User, now: datetime, *, organization_id: int | None = None, address: str = "") -> Viewer:
    """A person in one office: the one asked for if a post is held there today, else the first."""
    posts = list(
        Post.objects.filter(user=user, organization__closed_on=None)
        .valid_on(today(now))
        .select_related("organization")
        .order_by("from_date", "id")
    )
    here = [post for post in posts if post.organization_id == organization_id] or [
        post for post in posts if post.organization_id == posts[0].organization_id
    ]
    if not here:
        return Viewer(user=user, address=address)
    return Viewer(
        user=user,
        organization=here[0].organization,
        roles=frozenset(Role(post.role) for post in here),
        title=here[0].title,
        address=address,
    )


__all__ = ["GUEST", "OFFICE_KEY", "VIEW_AS_KEY", "client_address", "viewer_for", "viewer_of"]
