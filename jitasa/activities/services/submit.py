"""Send a record, or ask the office's approver to."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.selectors.rounds import rules_for
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services import moves
from jitasa.activities.services.content import search_text
from jitasa.activities.services.flag import flag
from jitasa.activities.services.number import next_number
from jitasa.activities.services.transition import take
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.thai.dates import today


def submit(*, actor: Viewer, activity: Activity, now: datetime, base_revision: int | None = None) -> Activity:
    """Send the record to the office above, with a receipt number given once and kept for ever.

    Where the office wants approval and the person is no approver the record waits for the approver
    instead. A record already sent is given back unchanged: sending twice is sending once.

    :raises Refusal: with ``fields``: what is missing or wrong.
    """
    if (
        activity.number
        and activity.status in (Status.SUBMITTED, Status.ACCEPTED)
        and rules.writes_for(actor, activity)
    ):
        return activity
    ask = rules.needs_approval(actor, activity.organization)
    return take(
        actor=actor,
        activity=activity,
        move=moves.ASK if ask else moves.SUBMIT,
        now=now,
        base_revision=base_revision,
        prepare=lambda row: check_ready(row, now) if ask else prepare_sending(row, now),
        after=lambda row: _tell_approver(row, actor, now) if ask else when_sent(row, actor, now),
    )


def check_ready(row: Activity, now: datetime) -> None:
    """:raises Refusal: when anything is missing or wrong, by field."""
    values, month_rules = values_of(row), rules_for(row.month)
    problems = rules.refusals(values, today=today(now), office=row.organization, rules=month_rules)
    for name, words in rules.missing(values, month_rules):
        if name not in problems:
            problems[name] = [words]
    if problems:
        raise Refusal(
            _("ยังส่งไม่ได้ เหลืออีก %(n)d อย่าง") % {"n": len(problems)}, fields=problems, code="incomplete"
        )


def prepare_sending(row: Activity, now: datetime) -> None:
    """Check the record and give it its number and time of receipt, under the lock."""
    check_ready(row, now)
    if not row.number:
        row.number = next_number(province_code=row.organization.province_code, month=row.month)
        row.search_text = search_text(row)
    row.submitted_at = now
    row.reviewed_at = None


def when_sent(sent: Activity, actor: Viewer, now: datetime) -> None:
    """Flag what looks wrong, and tell the office that had returned the record."""
    flag(activity=sent, now=now)
    _tell_reviewer_of_correction(sent, actor, now)


def _tell_reviewer_of_correction(sent: Activity, actor: Viewer, now: datetime) -> None:
    """The office that returned the record hears that it came back corrected."""
    last = sent.steps.filter(act=Act.RETURNED).exclude(organization=sent.organization_id).last()
    if last is None or last.organization is None:
        return
    notify(
        organization=last.organization,
        kind=NoticeKind.SUBMITTED,
        title=f"{sent.organization_name} แก้ไขและส่งใหม่: {sent.name[:120]}",
        url=reverse("activities:detail", args=[sent.uuid]),
        sender=actor.organization,
        now=now,
    )


def _tell_approver(asked: Activity, actor: Viewer, now: datetime) -> None:
    notify(
        organization=asked.organization,
        kind=NoticeKind.APPROVAL,
        title=f"รออนุมัติ: {asked.name[:200]}",
        body=f"{actor.user_name} เสนอให้อนุมัติก่อนส่ง",
        url=reverse("activities:detail", args=[asked.uuid]),
        sender=actor.organization,
        now=now,
    )
