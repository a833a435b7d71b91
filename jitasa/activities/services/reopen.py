"""The recording office asks to correct what it has sent."""

from datetime import datetime

from django.urls import reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.services import moves
from jitasa.activities.services.transition import take
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.viewer import Viewer


def reopen(
    *, actor: Viewer, activity: Activity, reason: str, now: datetime, base_revision: int | None = None
) -> Activity:
    """Open a sent or accepted record for correction; the number stays, the reason is kept.

    It does not count as reported until it is sent again. The office above is told when it had
    accepted the record: as the row says under the lock, not as the page that was open had it.
    """
    before: list[str] = []
    return take(
        actor=actor,
        activity=activity,
        move=moves.REOPEN,
        now=now,
        base_revision=base_revision,
        reason=reason,
        prepare=lambda row: before.append(row.status),
        after=lambda row: _tell_office_above(row, actor, reason, now) if Status.ACCEPTED in before else None,
    )


def _tell_office_above(row: Activity, actor: Viewer, reason: str, now: datetime) -> None:
    above = row.organization.reports_to
    if above is None:
        return
    notify(
        organization=above,
        kind=NoticeKind.SUBMITTED,
        title=f"{row.organization_name} ขอแก้ไขรายการที่รับแล้ว: {row.name[:120]}",
        body=reason,
        url=reverse("activities:detail", args=[row.uuid]),
        sender=actor.organization,
        now=now,
    )
