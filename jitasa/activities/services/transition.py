"""One step of a record: who may, from which state, to which, with everything that goes with it.

Every service that moves a record (submit, approve, accept, return …) describes its step as a
``Transition`` and calls ``apply_transition``. The row is locked with its event's other records, the state
and the revision the person saw are checked, and status, step, revision, audit entry and running
numbers are written in one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.services import linked
from jitasa.activities.services.linked import LinkedRecords
from jitasa.activities.services.write import STEP_COLUMNS, Change, step, write
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal


@dataclass(frozen=True, kw_only=True)
class Transition:
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


def apply_transition(
    *,
    actor: Viewer,
    activity: Activity,
    transition: Transition,
    now: datetime,
    base_revision: int | None = None,
    reason: str = "",
    fields: Sequence[str] = (),
    prepare: Callable[[Change], None] | None = None,
    counts_the_same: bool = False,
) -> Activity:
    """Take the step and return the record as it now stands.

    ``base_revision`` is the revision the person looked at (``None``: whatever it is now).
    ``prepare`` runs under the lock before anything is written: it may raise a ``Refusal``, set
    columns of the row (named in ``change.columns``) or add notices. ``counts_the_same`` says that the step does not change whether
    the record counts for its event, so that no other record needs a lock.

    :raises Forbidden: the person has no right to it.
    :raises Conflict: the record changed since, or its state does not allow the step.
    :raises Refusal: the reason is missing, or ``prepare`` refused.
    """

    def act() -> Activity:
        locked = _lock(activity, alone=counts_the_same)
        row = locked.rows.get(activity.pk)
        if row is None:
            raise Activity.DoesNotExist(f"activity {activity.pk}")
        words = reason.strip()
        check(actor, row, transition, base_revision, words)
        change = change_for(row, transition, actor=actor, now=now, reason=words, fields=fields)
        if prepare is not None:
            prepare(change)
        write([change], linked=locked, now=now)
        return row

    return linked.retried(act)


def _lock(activity: Activity, *, alone: bool) -> LinkedRecords:
    if alone:
        return linked.lock_alone([activity.pk])
    return linked.lock(ids=[activity.pk])


def change_for(
    row: Activity,
    transition: Transition,
    *,
    actor: Viewer,
    now: datetime,
    reason: str = "",
    fields: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
) -> Change:
    """The change that takes ``transition`` on a locked and checked row."""
    row.revision += 1
    row.updated_at, row.updated_by = now, actor.user
    return Change(
        row=row,
        to=transition.to,
        verb=transition.verb,
        actor=actor,
        columns=STEP_COLUMNS,
        data={"reason": reason, **(data or {})},
        steps=[step(actor=actor, row=row, act=transition.act, now=now, reason=reason, fields=fields)],
    )


def check(
    actor: Viewer, row: Activity, transition: Transition, base_revision: int | None, reason: str = ""
) -> None:
    """Whether the step may be taken now. Raises what ``apply_transition`` raises."""
    if not transition.right(actor, row):
        raise Forbidden(_(transition.refusal))
    if row.status not in transition.sources:
        raise Conflict(
            _("รายการนี้อยู่ในสถานะ “%(status)s” แล้ว โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
            % {"status": row.get_status_display()},
            code="wrong_state",
        )
    if base_revision is not None and base_revision != row.revision:
        raise Conflict(
            _("มีการแก้ไขรายการนี้หลังจากที่ท่านเปิดดู โหลดหน้านี้ใหม่ ตรวจอีกครั้ง แล้วจึงทำรายการ"), code="stale_revision"
        )
    if transition.reason_needed and not reason:
        raise Refusal(fields={"reason": [_(transition.reason_needed)]})
