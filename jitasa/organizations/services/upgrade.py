"""Change the type of a local government, with its code and, where it changes, its name."""

from datetime import date, datetime

from django.db import transaction

from jitasa.organizations.choices import Change, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import do_change, lock, plan_change, require_editor
from jitasa.organizations.viewer import Viewer


def upgrade(
    *,
    actor: Viewer,
    organization: Organization,
    type: OrganizationType,  # noqa: A002 (the column's name)
    code: str,
    name: str = "",
    effective_on: date,
    now: datetime,
    reason: str = "",
) -> Organization:
    """Change the type of a local government, with its code and, where it changes, its name.

    The same office goes on: records before the day stay those of the former type. It answers along the
    line of letters of its new type (a town municipality to the province).

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: with Thai reasons at the fields; nothing has changed then.
    """
    require_editor(actor)
    with transaction.atomic():
        plan = plan_change(
            lock(organization),
            change=Change.UPGRADED,
            effective_on=effective_on,
            now=now,
            reason=reason,
            type=type,
            code=code,
            name=name,
        )
        return do_change(plan, actor=actor, verb="registry.upgrade", now=now)
