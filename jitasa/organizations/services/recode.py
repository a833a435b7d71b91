"""Change the official code of an office."""

from datetime import date, datetime

from django.db import transaction

from jitasa.organizations.choices import Change
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import do_change, lock, plan_change, require_editor
from jitasa.organizations.viewer import Viewer


def recode(
    *,
    actor: Viewer,
    organization: Organization,
    code: str,
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> Organization:
    """Change the official code of an office.

    The former code keeps finding it. A district's new code becomes part of what lies in it.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: with Thai reasons at the fields; nothing has changed then.
    """
    require_editor(actor)
    with transaction.atomic():
        plan = plan_change(
            lock(organization),
            change=Change.RECODED,
            effective_on=effective_on,
            now=now,
            reason=reason,
            code=code,
        )
        return do_change(plan, actor=actor, verb="registry.recode", now=now)
