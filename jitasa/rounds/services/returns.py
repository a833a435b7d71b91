"""What an office states about its month: no activity, or everything is in; and being reminded.

Every act locks the office's row first, as ``services.tally`` does, so that a statement and a record
of the same month are seen one after the other. Sending the same form twice changes nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.audit.services.record import record
from jitasa.faces import drawn
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.rounds import rules
from jitasa.rounds.models import MonthlyReturn
from jitasa.rounds.selectors.returns import facts_of
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import month_slug, today

REASON_LONGEST = 300


def state_nil(
    *, actor: Viewer, organization: Organization, month: date, reason: str, now: datetime
) -> MonthlyReturn:
    """State that the office held no activity in ``month``, and why.

    Saying it again with another reason replaces the reason; the first time of stating stands.

    :raises Forbidden: unless the actor works in the office itself.
    :raises Refusal: without a reason, when the round allows no nil statement, or when records of the
        month were sent already.
    """
    reason = _sentence(reason, "reason", _("ระบุสาเหตุที่ไม่มีกิจกรรมสั้น ๆ เช่น อยู่ระหว่างเตรียมงานเดือนถัดไป"))

    def act(row: MonthlyReturn) -> str:
        facts = facts_of(organization, month, row)
        allowed = ensure_round(month, now=now).nil_allowed
        _refuse(rules.nil_obstacles(facts, nil_allowed=allowed, day=today(now)))
        if row.nil_at is not None and row.nil_reason == reason:
            return ""
        row.nil_at, row.nil_by_id, row.nil_reason = row.nil_at or now, actor.user_id, reason
        return "return.nil"

    return _state(actor, organization, month, act, now, {"reason": reason})


def take_back_nil(*, actor: Viewer, organization: Organization, month: date, now: datetime) -> MonthlyReturn:
    """Take the nil statement back. Nothing happens when there is none."""

    def act(row: MonthlyReturn) -> str:
        if row.nil_at is None:
            return ""
        row.nil_at, row.nil_by, row.nil_reason = None, None, ""
        return "return.nil_taken_back"

    return _state(actor, organization, month, act, now)


def confirm(
    *, actor: Viewer, organization: Organization, month: date, late_reason: str = "", now: datetime
) -> MonthlyReturn:
    """State that all activities of ``month`` are in; "on time" is judged here once and kept.

    Refused while records are returned or await approval, and when nothing was sent (then the nil
    statement is the right one). Drafts do not stop it: they are not counted, and
    ``rules.confirm_warnings`` says so beside the button. Confirming again after a change keeps the
    time and judgement of the first and clears the mark of the change.

    :raises Refusal: after the due day without ``late_reason`` (field ``late_reason``), or as above.
    :raises Forbidden: unless the actor works in the office itself.
    """

    def act(row: MonthlyReturn) -> str:
        _refuse(rules.confirm_obstacles(facts_of(organization, month, row), today(now)))
        if row.confirmed_at is not None:
            verb = "return.confirm_again" if row.changed_at else ""
            row.changed_at = None
            return verb
        row.on_time = rules.is_on_time(now, ensure_round(month, now=now).due_on)
        row.late_reason = "" if row.on_time else _sentence(late_reason, "late_reason", _(_WHY_LATE))
        row.confirmed_at, row.confirmed_by_id, row.changed_at = now, actor.user_id, None
        return "return.confirm"

    return _state(actor, organization, month, act, now, {"late_reason": late_reason.strip()})


_WHY_LATE = gettext_noop("ระบุสาเหตุที่ล่าช้า แล้วยืนยันอีกครั้ง")


def unconfirm(*, actor: Viewer, organization: Organization, month: date, now: datetime) -> MonthlyReturn:
    """Take the confirmation back. Nothing happens when there is none."""

    def act(row: MonthlyReturn) -> str:
        if row.confirmed_at is None:
            return ""
        row.confirmed_at, row.confirmed_by, row.on_time = None, None, None
        row.changed_at, row.late_reason = None, ""
        return "return.unconfirm"

    return _state(actor, organization, month, act, now)


def mark_reminded(*, organizations: Iterable[Organization], month: date, now: datetime) -> None:
    """Note that offices were reminded of a month; the act itself (who may, notice, audit) is the board's."""
    ids = sorted({organization.pk for organization in organizations})
    with transaction.atomic():
        MonthlyReturn.objects.bulk_create(
            [MonthlyReturn(organization_id=pk, month=month) for pk in ids], ignore_conflicts=True
        )
        MonthlyReturn.objects.filter(organization_id__in=ids, month=month).update(
            reminded_at=now, reminders=F("reminders") + 1
        )


def _state(
    actor: Viewer,
    organization: Organization,
    month: date,
    act: Callable[[MonthlyReturn], str],
    now: datetime,
    data: dict[str, Any] | None = None,
) -> MonthlyReturn:
    """Run ``act`` on the locked row; it answers with the verb to audit, or "" when nothing changed."""
    if not rules.may_state(actor, organization):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานนั้นเองที่แจ้งหรือยืนยันรายงานประจำเดือนได้"))
    with transaction.atomic():
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        row = MonthlyReturn.objects.filter(organization=organization, month=month).first()
        row = row or MonthlyReturn(organization=organization, month=month)
        verb = act(row)
        if verb:
            row.save()
            record(
                actor=actor,
                verb=verb,
                subject=organization,
                data={"month": month_slug(month), **(data or {})},
                now=now,
            )
    return row


def _sentence(text: str, field: str, ask: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refusal(fields={field: [ask]})
    if len(text) > REASON_LONGEST:
        raise Refusal(fields={field: [_("ยาวเกินไป ย่อให้ไม่เกิน %(most)d ตัวอักษร") % {"most": REASON_LONGEST}]})
    if undrawn := drawn.problem(text):
        raise Refusal(fields={field: [undrawn]})
    return text


def _refuse(obstacles: list[str]) -> None:
    if obstacles:
        raise Refusal(" · ".join(obstacles))
