"""Accept many records at once: one transaction, and each that cannot be accepted has its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.services import linked
from jitasa.activities.services.transition import change_for, check
from jitasa.activities.services.write import REVIEWED_COLUMNS, Change, write
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.review.rules import BULK_MOST
from jitasa.review.services.accept import ACCEPT, AWAITS_LOOK, acceptance_notice


@dataclass(frozen=True)
class Choice:
    """A record as the reviewer saw it: a later revision is not what was looked at."""

    activity_id: int
    revision: int


@dataclass(frozen=True)
class Skipped:
    activity_id: int
    name: str
    office: str
    reason: str


@dataclass
class AcceptOutcome:
    """What was done; nothing is ever half done."""

    accepted: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def accept_many(*, actor: Viewer, choices: Sequence[Choice], now: datetime) -> AcceptOutcome:
    """Accept the chosen records in one transaction; each that cannot be is skipped with its reason.

    Skipped: out of the actor's sight, not yet looked at by the machine or flagged (these want to be
    looked at one by one), changed since they were seen, no longer waiting, or not the actor's to accept.

    :raises Refusal: more than ``rules_review.BULK_MOST`` at once.
    """
    if len(choices) > BULK_MOST:
        raise Refusal(
            _("เลือกได้ครั้งละไม่เกิน %(most)s รายการ เลือกให้น้อยลงแล้วทำอีกครั้ง") % {"most": f"{BULK_MOST:,}"}
        )
    return linked.retried(lambda: _accept(actor, list(dict.fromkeys(choices)), now))


def _accept(actor: Viewer, choices: list[Choice], now: datetime) -> AcceptOutcome:
    seen = Activity.objects.visible_to(actor).filter(pk__in=[choice.activity_id for choice in choices])
    locked = linked.lock_rows_alone(seen)
    outcome, changes = AcceptOutcome(), []
    for choice in choices:
        row = locked.rows.get(choice.activity_id)
        reason = _reason_not_to(actor, row, choice)
        if row is None:
            outcome.skipped.append(Skipped(choice.activity_id, "", "", reason))
        elif reason:
            outcome.skipped.append(Skipped(row.pk, str(row), row.organization_name, reason))
        else:
            changes.append(_accepted(row, actor, now))
            outcome.accepted.append(row.pk)
    write(changes, linked=locked, now=now)
    return outcome


def _accepted(row: Activity, actor: Viewer, now: datetime) -> Change:
    row.reviewed_at = now
    change = change_for(row, ACCEPT, actor=actor, now=now)
    change.columns = REVIEWED_COLUMNS
    change.notices.append(acceptance_notice(row, actor, now))
    return change


def _reason_not_to(actor: Viewer, row: Activity | None, choice: Choice) -> str:
    """Why a record is not accepted, empty when nothing is against it."""
    if row is None:
        return _("ไม่พบรายการนี้ในหน่วยงานที่ท่านดูแล")
    if row.awaits_look:
        return _(AWAITS_LOOK)
    if row.flag_count:
        return _("มีข้อสังเกต ให้เปิดดูแล้วรับทีละรายการ")
    try:
        check(actor, row, ACCEPT, choice.revision)
    except Refusal as refusal:
        return refusal.message
    return ""
