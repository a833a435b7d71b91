"""An office above accepts a record, or takes its acceptance back a moment later."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.services.transition import Transition, apply_transition
from jitasa.activities.services.write import REVIEWED_COLUMNS, Change
from jitasa.notices.models import Notice, NoticeKind
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict
from jitasa.review.rules import may_review, may_undo
from jitasa.review.selectors.inbox import last_step
from jitasa.review.services.flag import look_now
from jitasa.review.services.notice import office_notice

AWAITS_LOOK = gettext_noop("รอการตรวจเบื้องต้น อีกสักครู่จึงรับได้ หรือเปิดดูแล้วรับทีละรายการ")
ACCEPT = Transition(
    act=Act.ACCEPTED,
    verb="activity.accept",
    to=Status.ACCEPTED,
    sources=(Status.SUBMITTED,),
    right=may_review,
    refusal=gettext_noop("รับกิจกรรมได้เฉพาะหน่วยงานระดับเหนือขึ้นไปตามสายการกำกับดูแล"),
)
UNDO = Transition(
    act=Act.UNACCEPTED,
    verb="activity.unaccept",
    to=Status.SUBMITTED,
    sources=(Status.ACCEPTED,),
    right=may_review,
    refusal=gettext_noop("ยกเลิกการรับได้เฉพาะหน่วยงานที่กดรับ"),
)


def accept(*, actor: Viewer, activity: Activity, now: datetime, base_revision: int | None = None) -> Activity:
    """``submitted`` → ``accepted``; the office is told. Raises what ``apply_transition`` raises.

    Nobody accepts a record that nobody has looked at: while the worker's first look is still to come
    (``awaits_look``) it is done here, and what it finds is shown before anything is accepted.

    :raises Conflict: with code ``flags_found``, when that look finds something.
    """
    if activity.awaits_look:
        _first_look(activity, now)

    def prepare(change: Change) -> None:
        if change.row.awaits_look:  # sent anew since it was read
            raise Conflict(_(AWAITS_LOOK), code="awaits_look")
        change.row.reviewed_at = now
        change.columns = REVIEWED_COLUMNS
        change.notices.append(acceptance_notice(change.row, actor, now))

    return apply_transition(
        actor=actor,
        activity=activity,
        transition=ACCEPT,
        now=now,
        base_revision=base_revision,
        prepare=prepare,
        counts_the_same=True,
    )


def _first_look(activity: Activity, now: datetime) -> None:
    if activity.status != Status.SUBMITTED or not look_now(activity, now):
        return
    raise Conflict(_("ตรวจเบื้องต้นพบข้อสังเกตที่ยังไม่ได้แสดง ดูข้อสังเกตก่อน แล้วจึงกดรับอีกครั้ง"), code="flags_found")


def acceptance_notice(row: Activity, actor: Viewer, now: datetime) -> Notice:
    return office_notice(
        activity=row, kind=NoticeKind.ACCEPTED, title=f"รับรายงานแล้ว: {row}", actor=actor, now=now
    )


def undo_acceptance(*, actor: Viewer, activity: Activity, now: datetime) -> Activity:
    """``accepted`` → ``submitted`` within ``rules_review.UNDO_WITHIN``, by the office that accepted.

    :raises Conflict: it was accepted by another office or too long ago; returning it is what is left.
    """

    def prepare(change: Change) -> None:
        row = change.row
        if not may_undo(actor, row, last_step(row), now):
            raise Conflict(_("พ้นเวลายกเลิกการรับแล้ว หากต้องแก้ไขให้กด “ส่งกลับ” พร้อมเหตุผล"), code="undo_too_late")
        row.reviewed_at = None
        change.columns = REVIEWED_COLUMNS
        title = f"ยกเลิกการรับ กำลังตรวจอีกครั้ง: {row}"
        change.notices.append(
            office_notice(activity=row, kind=NoticeKind.SUBMITTED, title=title, actor=actor, now=now)
        )

    return apply_transition(
        actor=actor, activity=activity, transition=UNDO, now=now, prepare=prepare, counts_the_same=True
    )
