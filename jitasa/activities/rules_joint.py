"""Joint events: who may invite, answer and take back, and what stands against it (docs/adr/0078)."""

from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import EDITABLE, LIVE, Invited, Part
from jitasa.activities.models import Activity, Invitation
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

INVITED_MOST = 100  # offices of one event


def is_event(activity: Activity) -> bool:
    """Whether others can take part in it: the host's own record, not withdrawn."""
    return (
        activity.part == Part.HOST
        and activity.host_activity_id is None
        and activity.status in (*EDITABLE, *LIVE)
    )


def may_invite(viewer: Viewer, activity: Activity) -> bool:
    """Ask offices to the event, and take it back: whoever works on the host's records."""
    return rules.writes_for(viewer, activity)


def may_answer(viewer: Viewer, invitation: Invitation) -> bool:
    """Accept or decline for the office that is asked: whoever records for it."""
    if viewer.is_system:
        return True
    return rules.may_record(viewer) and viewer.office_id == invitation.organization_id


def may_cancel(viewer: Viewer, host: Activity, invitation: Invitation, *, recorded: bool) -> bool:
    """Take this invitation back: while it stands and the asked office has recorded nothing."""
    if not (may_invite(viewer, host) and is_event(host)) or invitation.state == Invited.CANCELLED:
        return False
    return not answer_problem(invitation, host, Invited.CANCELLED, recorded=recorded)


def office_problem(host: Activity, office: Organization) -> str:
    """Why an office cannot be asked; empty when it can."""
    if office.pk == host.organization_id:
        return _("%(office)s เป็นเจ้าภาพอยู่แล้ว เลือกหน่วยงานอื่น") % {"office": office}
    if office.level != Level.LAO or office.closed_on is not None:
        return _("เชิญ %(office)s ไม่ได้ เชิญได้เฉพาะ อปท. ที่ยังเปิดอยู่") % {"office": office}
    return ""


def answer_problem(invitation: Invitation, host: Activity, to: Invited, *, recorded: bool) -> str:
    """Why the invitation cannot become ``to``; empty when it can. ``recorded``: the asked office has a record of it."""
    if recorded and to != Invited.ACCEPTED:
        return _("%(office)s บันทึกงานนี้ไว้แล้ว ถอนรายการหรือยกเลิกการเชื่อมโยงกับเจ้าภาพก่อน") % {
            "office": invitation.organization
        }
    if invitation.state == Invited.CANCELLED and to in (Invited.ACCEPTED, Invited.DECLINED):
        return _("เจ้าภาพยกเลิกคำเชิญนี้แล้ว ติดต่อเจ้าภาพหากยังต้องการเข้าร่วม")
    if invitation.state == Invited.DECLINED and to == Invited.CANCELLED:
        return _("%(office)s ตอบว่าไม่เข้าร่วมแล้ว จึงไม่มีคำเชิญที่ต้องยกเลิก") % {"office": invitation.organization}
    if to == Invited.ACCEPTED and not is_event(host):
        return _("เจ้าภาพถอนงานนี้แล้ว จึงเข้าร่วมไม่ได้")
    return ""
