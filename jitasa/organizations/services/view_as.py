"""Look at an office below as it sees itself; switch between one's own offices."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_people import may_view_as
from jitasa.organizations.selectors.viewers import OFFICE_KEY, VIEW_AS_KEY
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


def start_view_as(*, actor: Viewer, organization: Organization, session: SessionBase, now: datetime) -> None:
    """From now on this session shows the office's screens, read-only. Entered in the actor's chain."""
    if not may_view_as(actor, organization):
        raise Forbidden(_("ดูแทนได้เฉพาะหน่วยงานในความดูแลของสำนักงานท่าน"))
    with transaction.atomic():
        record(actor=actor, verb="organizations.view_as_start", subject=organization, now=now)
    session[VIEW_AS_KEY] = organization.pk


def stop_view_as(*, actor: Viewer, session: SessionBase, now: datetime) -> None:
    """Back to the own office. ``actor`` is the viewer looking (read-only) or already back."""
    above = actor.viewing_from  # read first: a request's viewer is worked out from the session when asked
    session.pop(VIEW_AS_KEY, None)
    if above is None:
        return
    own = Viewer(user=actor.user, organization=above, address=actor.address)
    with transaction.atomic():
        record(actor=own, verb="organizations.view_as_stop", subject=actor.organization, now=now)


def switch_office(*, actor: Viewer, organization_id: int, session: SessionBase) -> Organization:
    """Work in another of one's own offices from now on."""
    office = next((office for office in actor.offices if office.pk == organization_id), None)
    if office is None:
        raise Refusal(_("ท่านไม่มีตำแหน่งในสำนักงานนั้นวันนี้ เลือกสำนักงานจากรายการ"))
    session[OFFICE_KEY] = office.pk
    session.pop(VIEW_AS_KEY, None)
    return office
