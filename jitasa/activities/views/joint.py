"""Joint events: a host asks other offices, they answer and record their part (docs/adr/0078)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jitasa.activities import rules, rules_joint
from jitasa.activities.choices import INVITED_TONES, LIVE, Invited
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors import invitations as reading
from jitasa.activities.services.answer_invitation import accept_invitation, decline_invitation
from jitasa.activities.services.invite import cancel_invitation, invite
from jitasa.activities.views.record_page import records
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.problems import Forbidden, Refusal
from jitasa.ui.reading import identifier


@login_required
@require_GET
def invitations(request: ViewerRequest) -> HttpResponse:
    """What the office is asked to: to be answered or recorded first, then the others."""
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    office = request.viewer.office_id
    context = {
        "waiting": reading.waiting_for(office),
        "others": [(row, INVITED_TONES[Invited(row.state)]) for row in reading.answered_by(office)],
    }
    return render(request, "activities/invitations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def joint(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Who was asked to the event and what they recorded; POST asks more offices."""
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    problems: list[str] = []
    if request.method == "POST":
        ids = [number for text in request.POST.getlist("offices") if (number := identifier(text))]
        try:
            invite(
                actor=request.viewer,
                activity=activity,
                offices=list(Organization.objects.filter(pk__in=ids)),
                now=timezone.now(),
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            problems = refusal.fields.get("offices", []) or [refusal.message]
        else:
            messages.success(request, _("ส่งคำเชิญแล้ว"))
            return redirect("activities:joint", uuid)
    return render(
        request, "activities/joint.html", _joint(request, activity, problems), status=422 if problems else 200
    )


def _joint(request: ViewerRequest, activity: Activity, problems: list[str]) -> dict[str, object]:
    asked = reading.asked_to(activity)
    standing = {
        each.invitation.organization_id
        for each in asked
        if each.invitation.state in (Invited.OPEN, Invited.ACCEPTED)
    }
    may_invite = rules_joint.may_invite(request.viewer, activity) and rules_joint.is_event(activity)
    sent = [each.record for each in asked if each.record is not None and each.record.status in LIVE]
    return {
        "activity": activity,
        "asked": [
            (
                each,
                INVITED_TONES[Invited(each.invitation.state)],
                rules_joint.may_cancel(
                    request.viewer, activity, each.invitation, recorded=each.record is not None
                ),
            )
            for each in asked
        ],
        "people": sum(row.participants for row in sent),
        "standing": standing,
        "chosen": {identifier(text) for text in request.POST.getlist("offices")},
        "groups": reading.offices_to_ask(activity) if may_invite else [],
        "problems": problems,
        "may_invite": may_invite,
    }


def _found(request: ViewerRequest, uuid: UUID, mine: str) -> Invitation:
    """The invitation; ``mine`` is the way from it to the office whose affair the act is."""
    rows = reading.answerable(request.viewer).filter(**{mine: request.viewer.office_id})
    return get_object_or_404(rows, uuid=uuid)


@login_required
@require_POST
def accept(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Say yes and go on to the office's own record, which begins with what the host wrote."""
    invitation = _found(request, uuid, "organization")
    try:
        accept_invitation(actor=request.viewer, invitation=invitation, now=timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("activities:invitations")
    return redirect(f"{reverse('activities:new')}?invitation={uuid}")


@login_required
@require_POST
def decline(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    invitation = _found(request, uuid, "organization")
    reason = request.POST.get("reason", "")
    try:
        decline_invitation(actor=request.viewer, invitation=invitation, reason=reason, now=timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("ตอบเจ้าภาพแล้วว่าไม่เข้าร่วม"))
    return redirect("activities:invitations")


@login_required
@require_POST
def cancel(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The host takes an invitation back."""
    invitation = _found(request, uuid, "activity__organization")
    try:
        cancel_invitation(actor=request.viewer, invitation=invitation, now=timezone.now())
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("ยกเลิกคำเชิญแล้ว"))
    return redirect("activities:joint", invitation.activity.uuid)
