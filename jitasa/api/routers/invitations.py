"""Joint events: ask offices, read invitations, answer them (docs/adr/0078)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from jitasa.activities.models import Activity, Invitation
from jitasa.activities.selectors import invitations as reading
from jitasa.activities.services.answer_invitation import accept_invitation, decline_invitation
from jitasa.activities.services.invite import cancel_invitation, invite
from jitasa.activities.values import as_json
from jitasa.api import records
from jitasa.api.answers import answer, not_found
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.operations import described, need
from jitasa.api.shapes_invitations import DeclineIn, InvitationsOf, InvitationsTo, InvitationTo, InviteIn
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization
from jitasa.problems import Refusal

router = Router(tags=["invitations"])


@router.get(
    "/invitations",
    **described(
        "คำเชิญร่วมงานที่รอตอบหรือรอบันทึก พร้อมข้อมูลเริ่มต้นของรายการ",
        "Invitations to joint events that wait for an answer or a record, each with what the record begins with",
        Scope.ACTIVITIES_READ,
        answers={200: InvitationsTo},
    ),
)
def list_invitations(request: ApiRequest) -> HttpResponse:
    need(request, Scope.ACTIVITIES_READ)
    return answer({"items": [_to(each) for each in reading.waiting_for(request.viewer.office_id)]})


@router.get(
    "/activities/{uuid:uuid}/invitations",
    **described(
        "หน่วยงานที่เชิญร่วมงานนี้และสิ่งที่บันทึกแล้ว",
        "Who was asked to this event, and what they recorded",
        Scope.ACTIVITIES_READ,
        answers={200: InvitationsOf},
    ),
)
def invited_offices(request: ApiRequest, uuid: UUID) -> HttpResponse:
    need(request, Scope.ACTIVITIES_READ)
    return answer(_asked(_event(request, uuid)))


@router.post(
    "/activities/{uuid:uuid}/invitations",
    **described(
        "เชิญ อปท. อื่นร่วมงาน เชิญซ้ำไม่เกิดคำเชิญใหม่",
        "Ask other local governments to the event; the same again changes nothing",
        Scope.ACTIVITIES_WRITE,
        answers={200: InvitationsOf},
    ),
)
def invite_offices(request: ApiRequest, uuid: UUID, body: InviteIn) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    event = _event(request, uuid)
    codes = set(body.organizations)
    offices = list(Organization.objects.filter(is_open(), code__in=codes))
    unknown = sorted(codes - {office.code for office in offices})
    if unknown:
        words = _("ไม่มีสำนักงานรหัส %(codes)s ในทะเบียน ดูรหัสที่ชุดข้อมูลเปิด organizations")
        raise Refusal(fields={"organizations": [words % {"codes": ", ".join(unknown[:5])}]}, code="invalid")
    try:
        invite(actor=request.viewer, activity=event, offices=offices, now=timezone.now())
    except Refusal as refusal:
        if "offices" in refusal.fields:
            raise Refusal(fields={"organizations": refusal.fields["offices"]}, code=refusal.code) from None
        raise
    return answer(_asked(event))


@router.post(
    "/invitations/{uuid:uuid}/accept",
    **described("ตอบรับคำเชิญ", "Accept an invitation", Scope.ACTIVITIES_WRITE, answers={200: InvitationTo}),
)
def accept(request: ApiRequest, uuid: UUID) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    found = _found(request, uuid, "organization")
    accept_invitation(actor=request.viewer, invitation=found, now=timezone.now())
    return answer(_to(_found(request, uuid, "organization")))


@router.post(
    "/invitations/{uuid:uuid}/decline",
    **described(
        "ตอบว่าไม่เข้าร่วม", "Decline an invitation", Scope.ACTIVITIES_WRITE, answers={200: InvitationTo}
    ),
)
def decline(request: ApiRequest, uuid: UUID, body: DeclineIn) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    found = _found(request, uuid, "organization")
    decline_invitation(actor=request.viewer, invitation=found, reason=body.reason, now=timezone.now())
    return answer(_to(_found(request, uuid, "organization")))


@router.post(
    "/invitations/{uuid:uuid}/cancel",
    **described(
        "เจ้าภาพยกเลิกคำเชิญ",
        "The host cancels an invitation",
        Scope.ACTIVITIES_WRITE,
        answers={200: InvitationsOf},
    ),
)
def cancel(request: ApiRequest, uuid: UUID) -> HttpResponse:
    need(request, Scope.ACTIVITIES_WRITE)
    found = _found(request, uuid, "activity__organization")
    cancel_invitation(actor=request.viewer, invitation=found, now=timezone.now())
    return answer(_asked(found.activity))


def _event(request: ApiRequest, uuid: UUID) -> Activity:
    found = records.to_see(request.viewer, uuid)
    if found is None:
        raise not_found()
    return found


def _found(request: ApiRequest, uuid: UUID, mine: str) -> Invitation:
    """The invitation; ``mine`` is the way from it to the office whose affair the act is."""
    rows = reading.answerable(request.viewer).filter(**{mine: request.viewer.office_id})
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise not_found()
    return found


def _to(invitation: Invitation) -> dict[str, Any]:
    event = invitation.activity
    record = as_json(reading.first_values(invitation))
    del record["host_organization_id"]
    record["host_organization_code"] = event.organization.code
    return {
        "uuid": str(invitation.uuid),
        "state": invitation.state,
        "host": {"code": event.organization_code, "name": event.organization_name},
        "host_activity": str(event.uuid),
        "invited_at": invitation.invited_at,
        "answered_at": invitation.answered_at,
        "reason": invitation.reason,
        "record": record,
    }


def _asked(event: Activity) -> dict[str, Any]:
    return {"items": [_of(each) for each in reading.asked_to(event)]}


def _of(each: reading.InvitedOffice) -> dict[str, Any]:
    row, record = each.invitation, each.record
    return {
        "uuid": str(row.uuid),
        "state": row.state,
        "organization": {"code": row.organization.code, "name": row.organization.short_name},
        "invited_at": row.invited_at,
        "answered_at": row.answered_at,
        "reason": row.reason,
        "record": None
        if record is None
        else {
            "uuid": str(record.uuid),
            "status": record.status,
            "participants": record.participants,
            "photos": record.photo_count,
        },
    }
