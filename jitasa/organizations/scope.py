"""The scope filter: what a person may see is decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q

from jitasa.organizations.choices import Level
from jitasa.organizations.in_use import is_open

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from jitasa.organizations.models import Organization
    from jitasa.organizations.viewer import Viewer

NOTHING = Q(pk__in=[])
# Not an empty Q: that one would vanish in `scope(viewer) | Q(…)` and leave only the other half.
EVERYTHING = ~Q(pk__in=[])


def scope(viewer: Viewer, field: str = "organization") -> Q:
    """The rows a viewer's current office may see, by the office that owns them.

    ``field`` is the path from the row to its organization, ``""`` for organizations themselves. An office sees its own rows and those of every
    office below it in the line of command; a district also sees what lies in it (a town
    municipality answers to the province and yet stands in a district).
    """
    if viewer.is_system:
        return EVERYTHING
    office = viewer.organization
    if office is None or not viewer.roles:
        return NOTHING
    prefix = f"{field}__" if field else ""
    if office.level == Level.DEPARTMENT:
        return EVERYTHING
    rows = Q(**{f"{prefix}path__startswith": office.path})
    if office.level == Level.DISTRICT:
        rows |= Q(**{f"{prefix}lies_in": office.pk})
    return rows


def merged_into(office: Organization) -> QuerySet[Organization]:
    """The offices that ended in ``office``: merged into it, or into one that was itself merged into it.

    Mergers are followed three steps back, which is more than any office has been through.
    """
    model: type[Organization] = apps.get_model("organizations", "Organization")
    step = "succession__successor"
    chains = (step, f"{step}__{step}", f"{step}__{step}__{step}")
    ended = Q()
    for chain in chains:
        ended |= Q(**{chain: office.pk})
    return model.objects.exclude(is_open()).filter(ended)


def scope_and_before(viewer: Viewer, field: str = "organization") -> Q:
    """As :func:`scope`, and the rows of the offices merged into the viewer's own: papers go over with them."""
    rows = scope(viewer, field)
    office = viewer.organization
    if office is None or rows in (EVERYTHING, NOTHING):
        return rows
    return rows | Q(**{f"{field}__in": merged_into(office).values("pk")})
