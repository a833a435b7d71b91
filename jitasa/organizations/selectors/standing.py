"""Where accounts belong: home offices, and who answers for them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Home, Organization, Post
from jitasa.organizations.rules_people import Standing, may_manage_person
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today


def home_of(user_id: int) -> Organization | None:
    """The person's home office today; none before the first post."""
    row = Home.objects.of_today().filter(user=user_id).select_related("organization").first()
    return row.organization if row else None


def standings_of(user_ids: Collection[int], now: datetime) -> dict[int, Standing]:
    """Each person's standing, in two queries for any number of people."""
    homes = Home.objects.of_today().filter(user__in=user_ids).select_related("organization")
    found = {row.user_id: row.organization for row in homes}
    serving: dict[int, set[str]] = {}
    posts = Post.objects.filter(user__in=found).not_ended_by(today(now))
    for user_id, organization_id, role in posts.values_list("user_id", "organization_id", "role"):
        if organization_id == found[user_id].pk:
            serving.setdefault(user_id, set()).add(role)
    return {
        user_id: Standing(
            user_id=user_id,
            home=found.get(user_id),
            administers_home=Role.ADMINISTRATOR in serving.get(user_id, ()),
            serves_home=user_id in serving,
        )
        for user_id in user_ids
    }


def standing_of(user_id: int, now: datetime) -> Standing:
    """One person's standing."""
    return standings_of([user_id], now)[user_id]


def managed_by(viewer: Viewer, user_ids: Collection[int], now: datetime) -> set[int]:
    """Those of the people whose accounts the viewer may manage; nothing is asked for who manages nobody."""
    if not viewer.is_administrator:
        return set()
    rows = standings_of(user_ids, now)
    return {user_id for user_id, standing in rows.items() if may_manage_person(viewer, standing)}


def administrators_of(organization: Organization, now: datetime) -> QuerySet[Post]:
    """The administrators' posts of an office that give their role today."""
    rows = Post.objects.filter(organization=organization, role=Role.ADMINISTRATOR, user__is_active=True)
    return rows.valid_on(today(now)).select_related("user")
