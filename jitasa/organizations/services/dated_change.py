"""Dated changes of an office: name, code, type, place in the tree. The same office goes on under its new facts.

All are one act with other facts: the present state is closed on the day before ``effective_on`` and the next one
begins. They raise :class:`Forbidden` when the actor does not keep the registry, and :class:`Refusal` with Thai
reasons at the fields; nothing has changed then.
"""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from jitasa.organizations.choices import Change, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.services.changing import do_change, lock, plan_change, require_editor
from jitasa.organizations.viewer import Viewer


class Dated(TypedDict):
    """What every dated change is given: who, which office, from which day, why."""

    actor: Viewer
    organization: Organization
    effective_on: date
    now: datetime
    reason: NotRequired[str]


def rename(*, name: str, **dated: Unpack[Dated]) -> Organization:
    """Change the name of an office; ``name`` with or without the type in front."""
    return _change(Change.RENAMED, "registry.rename", {"name": name}, dated)


def recode(*, code: str, **dated: Unpack[Dated]) -> Organization:
    """Change the official code of an office.

    The former code keeps finding it. A district's new code becomes part of what lies in it.
    """
    return _change(Change.RECODED, "registry.recode", {"code": code}, dated)


def upgrade(
    *,
    type: OrganizationType,  # noqa: A002 (the column's name)
    code: str,
    name: str = "",
    **dated: Unpack[Dated],
) -> Organization:
    """Change the type of a local government, with its code and, where it changes, its name.

    Records before the day stay those of the former type. The office answers along the line of letters of its
    new type (a town municipality to the province).
    """
    return _change(Change.UPGRADED, "registry.upgrade", {"type": type, "code": code, "name": name}, dated)


def move(
    *,
    lies_in: Organization | None = None,
    reports_to: Organization | None = None,
    code: str = "",
    **dated: Unpack[Dated],
) -> Organization:
    """Change the place of an office in the tree: where it lies, whom it answers to.

    Moved to another district, a local government needs the code it bears there. Without ``reports_to``
    it answers along the line of letters. Everything below moves with it, from the same day.
    """
    wanted = {"lies_in": lies_in, "reports_to": reports_to, "code": code}
    return _change(Change.MOVED, "registry.move", wanted, dated)


def _change(change: Change, verb: str, wanted: dict[str, Any], dated: Dated) -> Organization:
    require_editor(dated["actor"])
    with transaction.atomic():
        plan = plan_change(
            lock(dated["organization"]),
            change=change,
            effective_on=dated["effective_on"],
            now=dated["now"],
            reason=dated.get("reason", ""),
            **wanted,
        )
        return do_change(plan, actor=dated["actor"], verb=verb, now=dated["now"])
