"""Change the place of an office in the tree: where it lies, whom it answers to."""

from datetime import date, datetime

from django.db import transaction

from jitasa.organizations.choices import Change
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import do_change, lock, plan_change, require_editor
from jitasa.organizations.viewer import Viewer


def move(
    *,
    actor: Viewer,
    organization: Organization,
    lies_in: Organization | None = None,
    reports_to: Organization | None = None,
    code: str = "",
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> Organization:
    """Change the place of an office in the tree: where it lies, whom it answers to.

    Moved to another district, a local government needs the code it bears there. Without ``reports_to``
    it answers along the line of letters. Everything below moves with it, from the same day.

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: with Thai reasons at the fields; nothing has changed then.
    """
    require_editor(actor)
    with transaction.atomic():
        plan = plan_change(
            lock(organization),
            change=Change.MOVED,
            effective_on=effective_on,
            now=now,
            reason=reason,
            lies_in=lies_in,
            reports_to=reports_to,
            code=code,
        )
        return do_change(plan, actor=actor, verb="registry.move", now=now)
