"""A host asks other offices to its event, or takes that back (docs/adr/0078)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.activities import rules_joint
from jitasa.activities.choices import Invited
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.services import linked
from jitasa.audit.services.record import record
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal


def invite(
    *, actor: Viewer, activity: Activity, offices: Sequence[Organization], now: datetime
) -> list[Invitation]:
    """Ask offices to the event ``activity``; all of them or none.

    Who is asked or has accepted already is not asked again; who declined, or whose invitation was taken back, is.

    :raises Forbidden: the person does not work on the host's records.
    :raises Conflict: the record is no event that others can take part in.
    :raises Refusal: an office cannot be asked, or they are too many (field ``offices``).
    """
    return linked.retried(lambda: _invite(actor, activity, offices, now))


def _invite(
    actor: Viewer, activity: Activity, offices: Sequence[Organization], now: datetime
) -> list[Invitation]:
    row = event_locked(activity.pk)
    if not rules_joint.may_invite(actor, row):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเจ้าภาพเท่านั้นที่เชิญหน่วยงานอื่นได้"))
    if not rules_joint.is_event(row):
        words = _("เชิญหน่วยงานอื่นได้เฉพาะรายการที่จัดเองและยังไม่ถอน")
        raise Conflict(words, code="wrong_state")
    known = {each.organization_id: each for each in row.invitations.all()}
    problems = [words for office in offices if (words := rules_joint.office_problem(row, office))]
    if not offices:
        problems = [_("เลือกหน่วยงานอย่างน้อยหนึ่งแห่ง")]
    if len({*known, *(office.pk for office in offices)}) > rules_joint.INVITED_MOST:
        problems.append(_("เชิญได้ไม่เกิน %(most)d แห่งต่องาน") % {"most": rules_joint.INVITED_MOST})
    if problems:
        raise Refusal(fields={"offices": problems}, code="invalid")
    wanted = [
        office for office in {each.pk: each for each in offices}.values() if _is_to_ask(known.get(office.pk))
    ]
    if wanted:
        _ask(actor, row, wanted, known, now)
    rows = row.invitations.select_related("organization", "activity")
    return list(rows.filter(organization__in=[each.pk for each in offices]).order_by("pk"))


def event_locked(pk: int) -> Activity:
    """The host's record under its lock, which holds its invitations, too. :raises Activity.DoesNotExist:"""
    locked = linked.lock_alone([pk]).rows
    if pk not in locked:
        raise Activity.DoesNotExist(f"activity {pk}")
    return locked[pk]


def _is_to_ask(known: Invitation | None) -> bool:
    return known is None or known.state in (Invited.DECLINED, Invited.CANCELLED)


def _ask(
    actor: Viewer, row: Activity, offices: list[Organization], known: dict[int, Invitation], now: datetime
) -> None:
    asked = {"state": Invited.OPEN, "invited_at": now, "invited_by": actor.user}
    Invitation.objects.bulk_create(
        Invitation(uuid=uuid4(), activity=row, organization=office, **asked)
        for office in offices
        if office.pk not in known
    )
    again = [known[office.pk].pk for office in offices if office.pk in known]
    if again:
        Invitation.objects.filter(pk__in=again).update(**asked, reason="", answered_at=None, answered_by=None)
    Activity.objects.filter(pk=row.pk).update(invites=True)
    deliver(
        written(
            organization=office,
            kind=NoticeKind.INVITATION,
            title=f"{row.organization_name} เชิญร่วมงาน: {row}",
            url=reverse("activities:invitations"),
            sender=actor.organization,
            now=now,
        )
        for office in offices
    )
    record(
        actor=actor,
        verb="activity.invite",
        subject=row,
        data={"offices": [office.code for office in offices]},
        now=now,
    )


def cancel_invitation(*, actor: Viewer, invitation: Invitation, now: datetime) -> Invitation:
    """Take an invitation back; once more changes nothing.

    :raises Forbidden: the person does not work on the host's records.
    :raises Conflict: the office has a record of the event already, or has declined.
    """
    return linked.retried(lambda: _cancel(actor, invitation, now))


def _cancel(actor: Viewer, invitation: Invitation, now: datetime) -> Invitation:
    host = event_locked(invitation.activity_id)
    row = Invitation.objects.select_related("organization").get(pk=invitation.pk)
    if not rules_joint.may_invite(actor, host):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเจ้าภาพเท่านั้นที่ยกเลิกคำเชิญได้"))
    if row.state == Invited.CANCELLED:
        return row
    recorded = is_recorded(row)
    if problem := rules_joint.answer_problem(row, host, Invited.CANCELLED, recorded=recorded):
        raise Conflict(problem, code="wrong_state")
    row.state, row.answered_at, row.answered_by = Invited.CANCELLED, now, actor.user
    row.save(update_fields=["state", "answered_at", "answered_by"])
    deliver(
        [
            written(
                organization=row.organization,
                kind=NoticeKind.ANSWER,
                title=f"{host.organization_name} ยกเลิกคำเชิญร่วมงาน: {host}",
                url=reverse("activities:invitations"),
                sender=actor.organization,
                now=now,
            )
        ]
    )
    record(
        actor=actor,
        verb="activity.cancel_invitation",
        subject=host,
        data={"offices": [row.organization.code]},
        now=now,
    )
    return row


def is_recorded(invitation: Invitation) -> bool:
    """Whether the asked office has a record of the event that is not withdrawn."""
    return not Invitation.objects.filter(pk=invitation.pk).unrecorded().exists()
