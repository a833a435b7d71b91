"""What an answer to an invitation writes, whichever way it came in; the host's record is locked."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from jitasa.activities.choices import Invited
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.services.linked import LinkedRecords
from jitasa.audit.services.record import Act
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import written
from jitasa.organizations.viewer import Viewer

VERBS = {Invited.ACCEPTED: "activity.accept_invitation", Invited.DECLINED: "activity.decline_invitation"}
TITLES = {Invited.ACCEPTED: "ตอบรับร่วมงาน", Invited.DECLINED: "ไม่เข้าร่วมงาน"}


def write_answer(
    invitation: Invitation, host: Activity, to: Invited, *, actor: Viewer, reason: str = "", now: datetime
) -> tuple[Notice, Act]:
    """Save the answer; the host's notice and the audit entry are the caller's to write."""
    invitation.state, invitation.reason = to, reason
    invitation.answered_at, invitation.answered_by = now, actor.user
    invitation.save(update_fields=["state", "reason", "answered_at", "answered_by"])
    notice = written(
        organization=host.organization,
        kind=NoticeKind.ANSWER,
        title=f"{actor.office_name} {TITLES[to]}: {host}",
        body=reason,
        url=reverse("activities:joint", args=[host.uuid]),
        sender=actor.organization,
        now=now,
    )
    data = {"invitation": str(host), **({"reason": reason} if reason else {})}
    return notice, Act(VERBS[to], invitation, data)


def joined(
    rows: Iterable[Activity], linked: LinkedRecords, *, actor: Viewer, now: datetime
) -> list[tuple[Notice, Act]]:
    """Whoever records its part in an event has accepted the invitation to it."""
    answers = []
    for row in rows:
        invitation = linked.invitation_of(row)
        if invitation is not None and invitation.state != Invited.ACCEPTED and row.host_activity is not None:
            answers.append(
                write_answer(invitation, row.host_activity, Invited.ACCEPTED, actor=actor, now=now)
            )
    return answers
