"""Correct a slip of the pen in an office's present state: no new dated state, but an audit entry."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import (
    Plan,
    fact_problems,
    facts_data,
    lock,
    offices_below,
    open_posts,
    refuse_if,
    require_editor,
    require_open,
    wanted_facts,
)
from jitasa.organizations.services.doubts import mended
from jitasa.organizations.services.facts import facts_of
from jitasa.organizations.services.timeline import open_state, write_open_state
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.thai.dates import today
from jitasa.thai.text import normalise


def plan_correct(
    organization: Organization,
    *,
    now: datetime,
    name: str = "",
    code: str = "",
    type: OrganizationType | None = None,  # noqa: A002 (the column's name)
    reason: str = "",
) -> Plan:
    """What a correction would rewrite. :raises Refusal: with the reasons at the fields."""
    require_open(organization)
    before = facts_of(organization)
    wanted: dict[str, Any] = {"name": name, "code": code, "type": type}
    after = wanted_facts(before, wanted)
    since = organization.states.get(valid_to=None).valid_from
    refuse_if(fact_problems(after, before=before, effective_on=since, organization=organization))
    if after == before:
        raise Refusal(_("ไม่มีข้อมูลใดเปลี่ยนไปจากปัจจุบัน"), code="unchanged")
    return Plan(
        organization=organization,
        before=before,
        after=after,
        change=None,
        effective_on=since,
        reason=normalise(reason),
        below=offices_below(organization),
        posts=open_posts(organization, today(now)),
    )


def correct(
    *,
    actor: Viewer,
    organization: Organization,
    now: datetime,
    name: str = "",
    code: str = "",
    type: OrganizationType | None = None,  # noqa: A002 (the column's name)
    reason: str = "",
) -> Organization:
    """Mend what was entered wrongly; the present state then has always said so.

    For what really changed use ``rename``, ``recode`` or ``upgrade``, which keep what was before.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: with Thai reasons at the fields; nothing has changed then.
    """
    require_editor(actor)
    with transaction.atomic():
        office = lock(organization)
        plan = plan_correct(office, now=now, name=name, code=code, type=type, reason=reason)
        write_open_state(office, plan.after, since=plan.effective_on, state=open_state(office))
        mended(office, "type", "name", now=now)
        record(
            actor=actor,
            verb="registry.correct",
            subject=office,
            data={
                "reason": plan.reason,
                "before": facts_data(plan.before),
                "after": facts_data(plan.after),
            },
            now=now,
        )
    return office
