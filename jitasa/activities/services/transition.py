"""One step of a record: who may, from which state, to which, with everything that goes with it.

Every service that moves a record (submit, approve, accept, return …) describes its step as a
``Move`` and calls ``take``. The row is locked with its event's other records, the state and the
revision the person saw are checked, and status, step, revision, audit entry and running numbers are
written in one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, Step
from jitasa.activities.models.history import Act
from jitasa.activities.services import family, revise
from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal


@dataclass(frozen=True, kw_only=True)
class Move:
    """A kind of step.

    ``verb`` is the audit verb (``activity.submit``). ``right`` says whether the person may do it at
    all (role and office, not the state); ``sources`` are the states it may start from.
    ``reason_needed`` is the sentence that asks for a missing reason, empty when none is needed.
    """

    act: Act
    verb: str
    to: Status
    sources: tuple[Status, ...]
    right: Callable[[Viewer, Activity], bool]
    refusal: str = gettext_noop("ท่านไม่มีสิทธิทำขั้นตอนนี้กับรายการนี้")
    reason_needed: str = ""

    def open_to(self, viewer: Viewer, activity: Activity) -> bool:
        """Whether the person may take this step now: what a button asks."""
        return activity.status in self.sources and self.right(viewer, activity)


def take(
    *,
    actor: Viewer,
    activity: Activity,
    move: Move,
    now: datetime,
    base_revision: int | None = None,
    reason: str = "",
    fields: Sequence[str] = (),
    prepare: Callable[[Activity], None] | None = None,
    after: Callable[[Activity], None] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Activity:
    """Take the step and return the record as it now stands.

    ``base_revision`` is the revision the person looked at (``None``: whatever it is now).
    ``prepare`` runs under the lock before the status changes: it may raise a ``Refusal`` or set
    columns of the row it gets. ``after`` runs in the same transaction when all is written (notices,
    flags).

    :raises Forbidden: the person has no right to it.
    :raises Conflict: the record changed since, or its state does not allow the step.
    :raises Refusal: the reason is missing, or ``prepare`` refused.
    """
    with transaction.atomic():
        locked = family.lock(activity.pk)
        row = locked.activity
        reason = reason.strip()
        _check(actor, row, move, base_revision, reason)
        if prepare is not None:
            prepare(row)
        row.status = move.to
        row.revision += 1
        row.updated_at, row.updated_by = now, actor.user
        row.save()
        note(actor=actor, activity=row, act=move.act, now=now, reason=reason, fields=fields)
        revise.write(activity=row, actor=actor, now=now)
        locked.settle(now=now, actor=actor)
        details = {"number": row.number, "revision": row.revision, "reason": reason, **(data or {})}
        record(actor=actor, verb=move.verb, subject=row, data=details, now=now)
        if after is not None:
            after(row)
    return row


def note(
    *,
    actor: Viewer,
    activity: Activity,
    act: Act,
    now: datetime,
    reason: str = "",
    fields: Sequence[str] = (),
) -> Step:
    """Write one step into the record's time line."""
    return Step.objects.create(
        activity=activity,
        act=act,
        at=now,
        revision=activity.revision,
        by=actor.user,
        organization=actor.organization,
        reason=reason,
        fields=list(fields),
    )


def _check(actor: Viewer, row: Activity, move: Move, base_revision: int | None, reason: str) -> None:
    if not move.right(actor, row):
        raise Forbidden(_(move.refusal))
    if row.status not in move.sources:
        raise Conflict(
            _("รายการนี้อยู่ในสถานะ “%(status)s” แล้ว โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
            % {"status": row.get_status_display()},
            code="wrong_state",
        )
    if base_revision is not None and base_revision != row.revision:
        raise Conflict(
            _("มีการแก้ไขรายการนี้หลังจากที่ท่านเปิดดู โหลดหน้านี้ใหม่ ตรวจอีกครั้ง แล้วจึงทำรายการ"), code="stale_revision"
        )
    if move.reason_needed and not reason:
        raise Refusal(fields={"reason": [_(move.reason_needed)]})
