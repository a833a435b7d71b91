"""The scope filter: what a person may see is decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from jitasa.organizations.choices import Level

if TYPE_CHECKING:
    from jitasa.organizations.viewer import Viewer

NOTHING = Q(pk__in=[])


def scope(viewer: Viewer, field: str = "organization") -> Q:
    """The rows a viewer's current office may see, by the office that owns them.

    ``field`` is the path from the row to its organization, ``""`` for organizations themselves. An office sees its own rows and those of every
    office below it in the line of command; a district also sees what lies in it (a town
    municipality answers to the province and yet stands in a district).
    """
    if viewer.is_system:
        return Q()
    office = viewer.organization
    if office is None or not viewer.roles:
        return NOTHING
    prefix = f"{field}__" if field else ""
    if office.level == Level.DEPARTMENT:
        return Q()
    rows = Q(**{f"{prefix}path__startswith": office.path})
    if office.level == Level.DISTRICT:
        rows |= Q(**{f"{prefix}lies_in": office.pk})
    return rows
