"""Enter the department, the 76 provinces and their 878 districts into the registry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.organizations import versions
from jitasa.organizations.choices import Change, Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState, Topic
from jitasa.organizations.rules import REGISTRY_BEGINS, place_name
from jitasa.organizations.selectors import geography
from jitasa.organizations.services.changing import lock_registry, require_editor
from jitasa.organizations.services.facts import StateFacts, derive, new_state, path_of, take_columns
from jitasa.organizations.services.timeline import follow_parents, rewrite
from jitasa.organizations.viewer import Viewer

DEPARTMENT_CODE = "00"


@dataclass(frozen=True)
class Installed:
    """How many offices were entered; all 0 where they stood already."""

    departments: int
    provinces: int
    districts: int

    @property
    def total(self) -> int:
        return self.departments + self.provinces + self.districts


def install_geography(*, actor: Viewer, now: datetime, since: date = REGISTRY_BEGINS) -> Installed:
    """Enter what is missing of department, provinces and districts, valid from ``since``.

    Running it again changes nothing. Names and codes are those of the geography package (TIS 1099);
    a name kept otherwise in the registry stays.

    :raises Forbidden: if the actor does not keep the registry.
    """
    require_editor(actor)
    with transaction.atomic():
        lock_registry()
        known = {office.code: office for office in Organization.objects.open().exclude(level=Level.LAO)}
        first = enter_offices(_department(known), since=since)
        known |= {office.code: office for office in first}
        provinces = enter_offices(_provinces(known), since=since)
        known |= {office.code: office for office in provinces}
        districts = enter_offices(_districts(known), since=since)
        installed = Installed(len(first), len(provinces), len(districts))
        if installed.total:
            record(actor=actor, verb="registry.install", data=vars(installed) | {"since": since}, now=now)
    return installed


def _department(known: dict[str, Organization]) -> list[StateFacts]:
    if any(office.level == Level.DEPARTMENT for office in known.values()):
        return []
    return [StateFacts(OrganizationType.DEPARTMENT, DEPARTMENT_CODE, "", None, None)]


def _provinces(known: dict[str, Organization]) -> list[StateFacts]:
    above = next(office for office in known.values() if office.level == Level.DEPARTMENT)
    return [
        StateFacts(OrganizationType.PROVINCE, row.code, row.name_th, above, None)
        for row in geography.provinces()
        if row.code not in known
    ]


def _districts(known: dict[str, Organization]) -> list[StateFacts]:
    return [
        StateFacts(
            OrganizationType.DISTRICT,
            row.code,
            place_name(Level.DISTRICT, row.name_th),
            known[province.code],
            known[province.code],
        )
        for province in geography.provinces()
        for row in geography.districts(province.code)
        if row.code not in known
    ]


def enter_offices(
    facts: Iterable[StateFacts],
    *,
    since: date,
    synthetic: bool = False,
    undated: Iterable[Mapping[str, Any]] | None = None,
) -> list[Organization]:
    """Write many new offices of one level at once, whose facts are known to be sound.

    ``undated``: point, area and website of each, in the same order.
    """
    versions.changed(Topic.REGISTRY)
    pairs = [(fact, derive(fact)) for fact in facts]
    extras = list(undated) if undated is not None else [{}] * len(pairs)
    offices = [Organization(founded_on=since, synthetic=synthetic, **extra) for extra in extras]
    for office, (fact, derived) in zip(offices, pairs, strict=True):
        take_columns(office, fact, derived)
    Organization.objects.bulk_create(offices, batch_size=500)
    write_paths(offices)
    OrganizationState.objects.bulk_create(
        (
            new_state(office, fact, derived, valid_from=since, change=Change.FOUNDED)
            for office, (fact, derived) in zip(offices, pairs, strict=True)
        ),
        batch_size=500,
    )
    follow_parents(offices, since)
    return offices


def write_paths(offices: list[Organization]) -> None:
    """Derive the paths of offices just entered, now that their ids are known."""
    for office in offices:
        parent = office.reports_to
        office.path = path_of(parent.path if parent else "", office.pk)
    rewrite(offices, ["path"])
