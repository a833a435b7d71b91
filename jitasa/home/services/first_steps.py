"""Put the first steps of a new office away."""

from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.home.models import FirstStepsDismissal
from jitasa.home.rules_first_steps import may_dismiss_first_steps
from jitasa.idempotent import idempotent
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden


@idempotent
def dismiss_first_steps(*, actor: Viewer, now: datetime) -> None:
    """The start page of the actor's office shows them no longer, to nobody there. Twice is once.

    :raises Forbidden: for anybody but the people who work in a local government.
    """
    office = actor.organization
    if office is None or not may_dismiss_first_steps(actor):
        raise Forbidden(_("เฉพาะผู้มีหน้าที่ใน อปท. ปิดรายการเริ่มต้นใช้งานของสำนักงานได้"))
    if FirstStepsDismissal.objects.filter(organization=office).exists():
        return
    FirstStepsDismissal(organization=office, at=now).save(force_insert=True)
    record(actor=actor, verb="home.dismiss_first_steps", subject=office, now=now)
