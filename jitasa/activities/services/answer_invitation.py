"""An office says yes or no to an invitation (docs/adr/0078). Recording its part says yes, too (``answering.joined``)."""

from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.activities import rules_joint
from jitasa.activities.choices import Invited
from jitasa.activities.models import Invitation
from jitasa.activities.services import linked
from jitasa.activities.services.answering import write_answer
from jitasa.activities.services.invite import event_locked, is_recorded
from jitasa.audit.services.record import record
from jitasa.notices.services.notify import deliver
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden

REASON_MOST = 500


def accept_invitation(*, actor: Viewer, invitation: Invitation, now: datetime) -> Invitation:
    """Say yes; once more changes nothing. The office's record follows (``selectors.invitations.first_values``).

    :raises Forbidden: the person does not record for the office that is asked.
    :raises Conflict: it was taken back, or the event is no more.
    """
    return linked.retried(lambda: _answer(actor, invitation, Invited.ACCEPTED, "", now))


def decline_invitation(
    *, actor: Viewer, invitation: Invitation, reason: str = "", now: datetime
) -> Invitation:
    """Say no, also after a yes while nothing is recorded. Raises what ``accept_invitation`` raises."""
    words = reason.strip()[:REASON_MOST]
    return linked.retried(lambda: _answer(actor, invitation, Invited.DECLINED, words, now))


def _answer(actor: Viewer, invitation: Invitation, to: Invited, reason: str, now: datetime) -> Invitation:
    host = event_locked(invitation.activity_id)
    row = Invitation.objects.select_related("organization").get(pk=invitation.pk)
    row.activity = host
    if not rules_joint.may_answer(actor, row):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานที่ได้รับเชิญเท่านั้นที่ตอบได้"))
    if row.state == to:
        return row
    if problem := rules_joint.answer_problem(row, host, to, recorded=is_recorded(row)):
        raise Conflict(problem, code="wrong_state")
    notice, entry = write_answer(row, host, to, actor=actor, reason=reason, now=now)
    deliver([notice])
    record(actor=actor, verb=entry.verb, subject=entry.subject, data=entry.data, now=now)
    return row
