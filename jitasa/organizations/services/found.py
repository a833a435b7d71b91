"""Enter a new office into the registry."""

from datetime import date, datetime

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.organizations import rules
from jitasa.organizations.choices import Change, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.services.changing import (
    Plan,
    clean_code,
    fact_problems,
    facts_data,
    lock_registry,
    refuse_if,
    require_editor,
    usual_parent,
)
from jitasa.organizations.services.facts import StateFacts, derive, take_columns
from jitasa.organizations.services.timeline import write_open_state
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.thai.text import normalise


def plan_found(
    *,
    type: OrganizationType,  # noqa: A002 (the column's name)
    code: str,
    name: str,
    lies_in: Organization | None,
    effective_on: date,
    now: datetime,
    reports_to: Organization | None = None,
    reason: str = "",
) -> Plan:
    """What founding would enter. :raises Refusal: with the reasons at the fields."""
    type_ = OrganizationType(type)
    facts = StateFacts(
        type=type_,
        code=clean_code(type_, code),
        proper=rules.proper_name(type_, name),
        lies_in=lies_in,
        reports_to=reports_to or usual_parent(type_, lies_in),
    )
    problems = fact_problems(facts, effective_on=effective_on)
    if "lies_in" in problems and reports_to is None:
        problems.pop("reports_to", None)  # it follows from where the office stands
    day = rules.day_problem(effective_on, today=today(now))
    if day:
        problems["effective_on"] = [day]
    refuse_if(problems)
    return Plan(None, None, facts, Change.FOUNDED, effective_on, normalise(reason))


def found(
    *,
    actor: Viewer,
    type: OrganizationType,  # noqa: A002 (the column's name)
    code: str,
    name: str,
    lies_in: Organization | None,
    effective_on: date,
    now: datetime,
    reports_to: Organization | None = None,
    reason: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    synthetic: bool = False,
) -> Organization:
    """Enter an office that exists from ``effective_on``.

    ``lies_in``: the district of a local government, the province of a district. Whom it answers to
    follows the line of letters unless ``reports_to`` says otherwise.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: for a code in use or of another type or district, a day to come, a wrong parent.
    """
    require_editor(actor)
    with transaction.atomic():
        lock_registry()
        plan = plan_found(
            type=type,
            code=code,
            name=name,
            lies_in=lies_in,
            reports_to=reports_to,
            effective_on=effective_on,
            reason=reason,
            now=now,
        )
        organization = Organization(
            founded_on=effective_on, latitude=latitude, longitude=longitude, synthetic=synthetic
        )
        take_columns(organization, plan.after, derive(plan.after))
        organization.save()
        state = OrganizationState(valid_from=effective_on, change=Change.FOUNDED, reason=plan.reason)
        write_open_state(organization, plan.after, since=effective_on, state=state)
        record(
            actor=actor,
            verb="registry.found",
            subject=organization,
            data={"effective_on": effective_on, "reason": plan.reason, "after": facts_data(plan.after)},
            now=now,
        )
    return organization
