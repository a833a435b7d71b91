"""An office above accepts a record, or takes its acceptance back a moment later."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.rules_review import may_review, may_undo
from jitasa.activities.selectors.review import last_step
from jitasa.activities.services.review_notice import tell_office
from jitasa.activities.services.transition import Move, take
from jitasa.notices.models import NoticeKind
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict

ACCEPT = Move(
    act=Act.ACCEPTED,
    verb="activity.accept",
    to=Status.ACCEPTED,
    sources=(Status.SUBMITTED,),
    right=may_review,
    refusal=gettext_noop("รับกิจกรรมได้เฉพาะหน่วยงานที่อยู่เหนือขึ้นไปตามสายบังคับบัญชา"),
)
UNDO = Move(
    act=Act.UNACCEPTED,
    verb="activity.unaccept",
    to=Status.SUBMITTED,
    sources=(Status.ACCEPTED,),
    right=may_review,
    refusal=gettext_noop("ยกเลิกการรับได้เฉพาะหน่วยงานที่กดรับ"),
)


def accept(*, actor: Viewer, activity: Activity, now: datetime, base_revision: int | None = None) -> Activity:
    """``submitted`` → ``accepted``; the office is told. Raises what ``transition.take`` raises."""

    def prepare(row: Activity) -> None:
        row.reviewed_at = now

    return take(
        actor=actor,
        activity=activity,
        move=ACCEPT,
        now=now,
        base_revision=base_revision,
        prepare=prepare,
        after=lambda row: tell_office(
            activity=row, kind=NoticeKind.ACCEPTED, title=f"รับแล้ว: {row}", actor=actor, now=now
        ),
    )


def undo_acceptance(*, actor: Viewer, activity: Activity, now: datetime) -> Activity:
    """``accepted`` → ``submitted`` within ``rules_review.UNDO_WITHIN``, by the office that accepted.

    :raises Conflict: it was accepted by another office or too long ago; returning it is what is left.
    """

    def prepare(row: Activity) -> None:
        if not may_undo(actor, row, last_step(row), now):
            raise Conflict(_("พ้นเวลายกเลิกการรับแล้ว หากต้องแก้ไขให้กด “ส่งกลับ” พร้อมเหตุผล"), code="undo_too_late")
        row.reviewed_at = None

    return take(
        actor=actor,
        activity=activity,
        move=UNDO,
        now=now,
        prepare=prepare,
        after=lambda row: tell_office(
            activity=row,
            kind=NoticeKind.SUBMITTED,
            title=f"ยกเลิกการรับ กำลังตรวจอีกครั้ง: {row}",
            actor=actor,
            now=now,
        ),
    )
