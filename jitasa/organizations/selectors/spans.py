"""Whose sign-ins and addresses an office answers for, and in which days."""

from collections.abc import Collection
from datetime import date, timedelta

from jitasa.audit.selectors.entries import Span
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.rules_people import is_own_line
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today


def spans_at(viewer: Viewer, office_id: int) -> list[Span]:
    """The days on which people held a post in the office while it was their home.

    Empty for an office outside the viewer's line of command.
    """
    office = Organization.objects.filter(pk=office_id).first()
    if not viewer.is_system and not is_own_line(viewer, office):
        return []
    homes: dict[int, list[Home]] = {}
    for home in Home.objects.filter(organization=office_id):
        homes.setdefault(home.user_id, []).append(home)
    posts = Post.objects.filter(organization=office_id, user__in=homes)
    spans = [
        span for post in posts for home in homes[post.user_id] if (span := _both(post, home)) is not None
    ]
    return list(dict.fromkeys(spans))


def _both(post: Post, home: Home) -> Span | None:
    """The days that lie in a post and in a home."""
    ends = [day for day in (_last_day(post), home.to_date) if day is not None]
    last = min(ends) if ends else None
    first = max(post.from_date, home.from_date)
    return None if last is not None and last < first else Span(post.user_id, first, last)


def _last_day(post: Post) -> date | None:
    """A post that was stopped at once gave its roles until that day, whatever its dates say."""
    if post.revoked_at is None:
        return post.to_date
    return max(today(post.revoked_at), post.from_date - timedelta(days=1))


def in_own_line(viewer: Viewer, user_ids: Collection[int]) -> set[int]:
    """Those of the people whose home office is the viewer's or below it."""
    if viewer.organization is None:
        return set(user_ids) if viewer.is_system else set()
    rows = Home.objects.of_today().filter(
        user__in=user_ids, organization__path__startswith=viewer.organization.path
    )
    return set(rows.values_list("user_id", flat=True))
