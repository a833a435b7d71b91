"""An office above sends a record back with the reason and the fields it concerns."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.services.transition import Transition, apply_transition
from jitasa.activities.services.write import REVIEWED_COLUMNS, Change
from jitasa.notices.models import NoticeKind
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal
from jitasa.review.rules import REASON_LONGEST, clean_fields, may_overrule, may_review
from jitasa.review.selectors.inbox import accepted_by
from jitasa.review.services.notice import office_notice

RETURN = Transition(
    act=Act.RETURNED,
    verb="activity.return",
    to=Status.RETURNED,
    sources=(Status.SUBMITTED, Status.ACCEPTED),
    right=may_review,
    refusal=gettext_noop("ส่งกลับได้เฉพาะหน่วยงานระดับเหนือขึ้นไปตามสายการกำกับดูแล"),
    reason_needed=gettext_noop("ระบุเหตุผล เพื่อให้ผู้บันทึกทราบว่าต้องแก้ไขสิ่งใด"),
)


def return_record(
    *,
    actor: Viewer,
    activity: Activity,
    reason: str,
    fields: Sequence[str] = (),
    now: datetime,
    base_revision: int | None = None,
) -> Activity:
    """``submitted`` or ``accepted`` → ``returned``; the office is told why.

    ``fields`` are keys of ``rounds.choices.RETURNABLE`` (others are dropped). An accepted record
    goes back only by the office that accepted it or one above that.

    :raises Refusal: the reason is missing or too long. Raises what ``transition.apply_transition`` raises.
    """
    if len(reason.strip()) > REASON_LONGEST:
        raise Refusal(fields={"reason": [_("เขียนไม่เกิน %(most)s ตัวอักษร") % {"most": f"{REASON_LONGEST:,}"}]})

    def prepare(change: Change) -> None:
        row = change.row
        if row.status == Status.ACCEPTED and not may_overrule(actor, accepted_by(row)):
            raise Forbidden(_("หน่วยงานระดับเหนือขึ้นไปรับกิจกรรมนี้แล้ว ให้ประสานหน่วยงานนั้นเป็นผู้ส่งกลับ"))
        row.reviewed_at = now
        change.columns = REVIEWED_COLUMNS
        title = f"ส่งกลับแก้ไข: {row}"
        change.notices.append(
            office_notice(
                activity=row,
                kind=NoticeKind.RETURNED,
                title=title,
                body=reason.strip(),
                actor=actor,
                now=now,
            )
        )

    return apply_transition(
        actor=actor,
        activity=activity,
        transition=RETURN,
        now=now,
        base_revision=base_revision,
        reason=reason,
        fields=clean_fields(fields),
        prepare=prepare,
    )
