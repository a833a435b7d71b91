"""Offices as they are and as they were on any day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState, Succession, Topic
from jitasa.organizations.scope import scope
from jitasa.organizations.versions import remembered
from jitasa.organizations.viewer import Viewer


def state_as_at(organization: Organization, day: date) -> OrganizationState | None:
    """What an office was on a day; ``None`` before it was founded and from the day it was closed."""
    return OrganizationState.objects.as_at(day).filter(organization=organization).first()


def remembered_state(organization_id: int, day: date) -> OrganizationState | None:
    """As :func:`state_as_at`, remembered for requests: do not change the answer."""
    states = remembered(
        Topic.REGISTRY,
        ("states", organization_id),
        lambda: tuple(OrganizationState.objects.filter(organization=organization_id)),
    )
    return next(
        (row for row in states if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)),
        None,
    )


def remembered_office(organization_id: int) -> Organization | None:
    """An office by its id, remembered for requests: for its name and place, never for who may do what."""
    return remembered(
        Topic.REGISTRY,
        ("office", organization_id),
        lambda: Organization.objects.filter(pk=organization_id).first(),
    )


def offices_of_province(province_code: str) -> tuple[Organization, ...]:
    """Open offices of a province below the department, in Thai order: id, name and level only; remembered."""
    rows = Organization.objects.open().filter(province_code=province_code).exclude(level=Level.DEPARTMENT)
    wanted = rows.order_by("sort_key", "id").only("id", "short_name", "level")
    return remembered(Topic.REGISTRY, ("province", province_code), lambda: tuple(wanted))


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
