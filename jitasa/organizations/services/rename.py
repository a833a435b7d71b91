"""Change the name of an office."""

from datetime import date, datetime

from django.db import transaction

from jitasa.organizations.choices import Change
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import do_change, lock, plan_change, require_editor
from jitasa.organizations.viewer import Viewer


def rename(
    *,
    actor: Viewer,
    organization: Organization,
    name: str,
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> Organization:
    """Change the name of an office.

    ``name`` with or without the type in front.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: with Thai reasons at the fields; nothing has changed then.
    """
    require_editor(actor)
    with transaction.atomic():
        plan = plan_change(
            lock(organization),
            change=Change.RENAMED,
            effective_on=effective_on,
            now=now,
            reason=reason,
            name=name,
        )
        return do_change(plan, actor=actor, verb="registry.rename", now=now)
