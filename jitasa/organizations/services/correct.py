"""Correct a slip of the pen in an office's present state: no new dated state, but an audit entry."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import (
    fact_problems,
    facts_data,
    lock,
    refuse_if,
    require_editor,
    require_open,
    wanted_facts,
)
from jitasa.organizations.services.timeline import facts_of, open_state, write_open_state
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal


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
        require_open(office)
        before = facts_of(office)
        wanted: dict[str, Any] = {"name": name, "code": code, "type": type}
        after = wanted_facts(before, wanted)
        state = open_state(office)
        refuse_if(fact_problems(after, before=before, effective_on=state.valid_from, organization=office))
        if after == before:
            raise Refusal(_("ไม่มีข้อมูลใดเปลี่ยนไปจากปัจจุบัน"), code="unchanged")
        write_open_state(office, after, since=state.valid_from, state=state)
        record(
            actor=actor,
            verb="registry.correct",
            subject=office,
            data={"reason": reason, "before": facts_data(before), "after": facts_data(after)},
            now=now,
        )
    return office
