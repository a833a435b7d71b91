"""Say something about a record to the other side, without moving it."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.audit.services.record import record
from jitasa.idempotent import idempotent
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.review.models import Comment
from jitasa.review.rules import COMMENT_LONGEST, may_comment, stands_above
from jitasa.thai.text import clean


@idempotent
def comment(*, actor: Viewer, activity: Activity, uuid: UUID, text: str, now: datetime) -> Comment:
    """Add to the thread between the record's office and those that review it, and tell the other side.

    ``uuid`` is made by the client: the same comment sent again is one. Neither the notice nor the audit repeats
    the words. The record's state, revision and numbers stay.

    :raises Forbidden: unless the actor works for the record's office or reviews it.
    :raises Refusal: ``text``: nothing was written, or too much.
    :raises Conflict: the UUID belongs to another comment.
    """
    office = actor.organization
    if office is None or not may_comment(actor, activity):
        raise Forbidden(_("แสดงความเห็นได้เฉพาะหน่วยงานเจ้าของรายการและสำนักงานที่ตรวจรายการนี้ หลังจากส่งแล้ว"))
    words = _words(text)
    there = Comment.objects.filter(uuid=uuid).first()
    if there is not None:
        if (there.activity_id, there.by_id) != (activity.pk, actor.user_id):
            raise Conflict(_("ความเห็นนี้ส่งไปแล้ว โหลดหน้านี้ใหม่แล้วเขียนอีกครั้ง"))
        return there
    made = Comment.objects.create(
        uuid=uuid,
        activity=activity,
        organization=office,
        by=actor.user,
        from_above=stands_above(actor, activity),
        at=now,
        text=words,
    )
    record(actor=actor, verb="activity.comment", subject=activity, data={"comment": str(uuid)}, now=now)
    _tell(made, actor, now)
    return made


def _words(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise Refusal(fields={"text": [_("เขียนความเห็นก่อน แล้วจึงส่ง")]})
    if len(words) > COMMENT_LONGEST:
        raise Refusal(fields={"text": [_("ความเห็นยาวเกิน %(most)d ตัวอักษร") % {"most": COMMENT_LONGEST}]})
    return words


def _tell(made: Comment, actor: Viewer, now: datetime) -> None:
    """A notice with a link: to the record's office, or to the reviewer who spoke or acted last."""
    activity = made.activity
    to = activity.organization if made.from_above else _reviewer_of(activity)
    if to is None:
        return
    page = "activities:detail" if made.from_above else "review:record"
    notify(
        organization=to,
        kind=NoticeKind.COMMENT,
        title=f"{actor.organization} มีความเห็นถึงรายการ: {activity.name[:150]}",
        url=reverse(page, args=[activity.uuid]) + "#comments",
        sender=actor.organization,
        now=now,
    )


def _reviewer_of(activity: Activity) -> Organization | None:
    """Who reviews it: the office that spoke last, else that took the last step, else the one the office answers to."""
    office = activity.organization
    spoke = activity.comments.filter(from_above=True).select_related("organization").last()
    if spoke is not None and spoke.organization.is_above(office):
        return spoke.organization
    steps = activity.steps.exclude(organization=None).exclude(organization=office)
    acted = steps.select_related("organization").last()
    if acted is not None and acted.organization is not None and acted.organization.is_above(office):
        return acted.organization
    return office.reports_to
