"""Offices as they are and as they were on any day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState, Succession
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer


def state_as_at(organization: Organization, day: date) -> OrganizationState | None:
    """What an office was on a day; ``None`` before it was founded and from the day it was closed."""
    return OrganizationState.objects.as_at(day).filter(organization=organization).first()


def organizations_as_at(day: date) -> QuerySet[OrganizationState]:
    """The states of all offices that existed on a day, with their organizations."""
    return OrganizationState.objects.as_at(day).select_related("organization")


def visible_as_at(viewer: Viewer, day: date) -> QuerySet[OrganizationState]:
    """As they were on a day, the offices that are within the viewer's scope now."""
    return organizations_as_at(day).filter(scope(viewer))


def names_as_at(ids: Collection[int], day: date) -> dict[int, OrganizationState]:
    """The states of many offices on a day, by organization id, in one query."""
    return {state.organization_id: state for state in organizations_as_at(day).filter(organization__in=ids)}


@dataclass(frozen=True)
class History:
    """An office's states, newest first, and who it came from and went into."""

    states: list[OrganizationState]
    predecessions: list[Succession]
    succession: Succession | None


def history(organization: Organization) -> History:
    states = organization.states.select_related("reports_to", "lies_in").order_by("-valid_from")
    return History(
        states=list(states),
        predecessions=list(organization.predecessions.select_related("predecessor").order_by("effective_on")),
        succession=Succession.objects.select_related("successor").filter(predecessor=organization).first(),
    )


def successor_today(organization: Organization) -> Organization:
    """The office that goes on for a merged one today: itself while open."""
    seen = {organization.pk}
    while organization.closed_on is not None:
        step = Succession.objects.select_related("successor").filter(predecessor=organization).first()
        if step is None or step.successor_id in seen:
            break
        organization = step.successor
        seen.add(organization.pk)
    return organization


def reporting_as_at(organization: Organization, day: date) -> QuerySet[OrganizationState]:
    """The offices that answered to an office on a day, in Thai order."""
    return organizations_as_at(day).filter(reports_to=organization).order_by("organization__sort_key")


def lying_as_at(organization: Organization, day: date) -> QuerySet[OrganizationState]:
    """The offices that lay in an office's area on a day yet answered to another."""
    rows = organizations_as_at(day).filter(lies_in=organization).exclude(reports_to=organization)
    return rows.order_by("organization__sort_key")


def department() -> Organization | None:
    return Organization.objects.open().filter(level=Level.DEPARTMENT).first()
