"""Accept many records at once: each is a transaction of its own, each refusal has its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.rules_review import BULK_MOST
from jitasa.activities.services.accept import accept
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal


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
class Outcome:
    """What was done; nothing is ever half done."""

    accepted: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def accept_many(*, actor: Viewer, choices: Sequence[Choice], now: datetime) -> Outcome:
    """Accept the chosen records one by one, in order.

    Skipped with a reason: out of the actor's sight, flagged (these want to be looked at one by
    one), changed since they were seen, no longer waiting, or not the actor's to accept.

    :raises Refusal: more than ``rules_review.BULK_MOST`` at once.
    """
    if len(choices) > BULK_MOST:
        raise Refusal(
            _("เลือกได้ครั้งละไม่เกิน %(most)s รายการ เลือกให้น้อยลงแล้วทำอีกครั้ง") % {"most": f"{BULK_MOST:,}"}
        )
    rows = Activity.objects.visible_to(actor).select_related("organization")
    seen = rows.in_bulk([choice.activity_id for choice in choices])
    outcome = Outcome()
    for choice in dict.fromkeys(choices):
        activity = seen.get(choice.activity_id)
        if activity is None:
            outcome.skipped.append(Skipped(choice.activity_id, "", "", _("ไม่พบรายการนี้ในหน่วยงานที่ท่านดูแล")))
            continue
        reason = _accept_one(actor, activity, choice.revision, now)
        if reason:
            skipped = Skipped(activity.pk, str(activity), activity.organization_name, reason)
            outcome.skipped.append(skipped)
        else:
            outcome.accepted.append(activity.pk)
    return outcome


def _accept_one(actor: Viewer, activity: Activity, revision: int, now: datetime) -> str:
    """Accept one; returns why not, empty when done."""
    if activity.flag_count:
        return _("มีข้อสังเกต ให้เปิดดูแล้วรับทีละรายการ")
    try:
        accept(actor=actor, activity=activity, now=now, base_revision=revision)
    except Refusal as refusal:
        return refusal.message
    return ""
