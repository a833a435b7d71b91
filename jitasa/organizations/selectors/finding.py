"""Offices and people in the search over everything."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.selectors.geography import place_label
from jitasa.organizations.selectors.listing import RegistryFilters, listed
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.thai.search import words
from jitasa.thai.text import sort_key
from jitasa.ui.finding import MOST, NOTHING, Found, Hit
from jitasa.ui.searching import holding


def offices_found(viewer: Viewer, text: str, _now: datetime) -> Found:
    """Open offices within sight by name, code or place, the best first."""
    rows = listed(viewer, RegistryFilters(text=text, level="all"), None)
    hits = tuple(_office_hit(row) for row in rows[:MOST] if isinstance(row, Organization))
    query = urlencode({"level": "all", "q": text})
    return Found(hits, len(hits), f"{reverse('organizations:list')}?{query}")


def _office_hit(row: Organization) -> Hit:
    place = row.province_code if row.level in (Level.DISTRICT, Level.PROVINCE) else row.district_code
    facts = (str(OrganizationType(row.type).label), place_label(place) if place else "", row.code)
    return Hit(
        title=row.name or row.short_name,
        words=" · ".join(facts),
        url=reverse("organizations:detail", args=[row.pk]),
    )


def people_found(viewer: Viewer, text: str, now: datetime) -> Found:
    """People with a post today in the viewer's office or below it in the line (``rules_people.may_see_people``).

    By name, username or position, with the name of the office where that is typed too; names first.
    """
    office = viewer.organization
    if office is None or not viewer.roles or not words(text):
        return NOTHING
    rows = Post.objects.valid_on(today(now)).filter(
        holding(text, "user__search_text", "title", "organization__search_text"),
        organization__path__startswith=office.path,
        user__erased_at=None,
    )
    rows = rows.annotate(rank=_rank(text)).order_by("rank", "user_id", "id")
    rows = rows.select_related("user", "organization").only(
        "user__username", "user__full_name", "user__erased_at", "title", "role", "organization__short_name"
    )
    once: dict[tuple[int, int], Hit] = {}
    for row in sorted(rows[:MOST], key=_order):  # a person with two roles in an office is one line
        once.setdefault((row.user_id, row.organization_id), _person_hit(row))
    return Found(tuple(once.values()), len(once))


def _rank(text: str) -> Case:
    """Names before positions, positions before what only the office's name says."""
    named, titled = Q(), Q()
    for word in words(text):
        named |= Q(user__search_text__contains=word)
        titled |= Q(title__contains=word)
    return Case(
        When(named, then=Value(0)), When(titled, then=Value(1)), default=Value(2), output_field=IntegerField()
    )


def _order(row: Any) -> tuple[int, str]:
    """How well the row answers, then the dictionary's order of names."""
    return row.rank, sort_key(str(row.user))


def _person_hit(row: Post) -> Hit:
    title, office = row.title or str(row.get_role_display()), str(row.organization)
    name, facts = row.user.full_name, [title, office, row.user.username]
    if not name:  # called by the post, as everywhere
        name, facts = f"{title} {office}", [row.user.username]
    elif name == row.user.username:
        facts.pop()
    address = reverse("organizations:people_of", args=[row.organization_id])
    return Hit(title=name, words=" · ".join(filter(None, facts)), url=f"{address}#person-{row.user_id}")
