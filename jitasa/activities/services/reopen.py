"""The recording office asks to correct what it has sent."""

from datetime import datetime

from django.urls import reverse

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.services import transitions
from jitasa.activities.services.transition import apply_transition
from jitasa.activities.services.write import Change
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer


def reopen(
    *, actor: Viewer, activity: Activity, reason: str, now: datetime, base_revision: int | None = None
) -> Activity:
    """Open a sent or accepted record for correction; the number stays, the reason is kept.

    It does not count as reported until it is sent again. The office above is told when it had
    accepted the record: as the row says under the lock, not as the page that was open had it.
    """

    def prepare(change: Change) -> None:
        above = change.row.organization.reports_to
        if change.row.status == Status.ACCEPTED and above is not None:
            change.notices.append(_notice(change.row, above, actor, reason, now))

    return apply_transition(
        actor=actor,
        activity=activity,
        transition=transitions.REOPEN,
        now=now,
        base_revision=base_revision,
        reason=reason,
        prepare=prepare,
    )


def _notice(row: Activity, above: Organization, actor: Viewer, reason: str, now: datetime) -> Notice:
    """The office above hears that what it accepted is open again."""
    return written(
        organization=above,
        kind=NoticeKind.SUBMITTED,
        title=f"{row.organization_name} ขอแก้ไขรายการที่รับรายงานแล้ว: {row.name[:120]}",
        body=reason,
        url=reverse("activities:detail", args=[row.uuid]),
        sender=actor.organization,
        now=now,
    )
