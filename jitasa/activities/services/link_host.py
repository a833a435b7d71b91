"""Say that a record tells of the same event as the host's record."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import Part
from jitasa.activities.models import Activity
from jitasa.activities.services import family, revise
from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


def link_host(*, actor: Viewer, activity: Activity, host: Activity | None, now: datetime) -> Activity:
    """Link a guest's or co-host's record to the host's, or unlink it (``host=None``).

    While the host's record is live the guest's adds no event and no people upwards. Linking a record
    to what it is linked to already changes nothing.

    :raises Forbidden: the office may not edit it now and the person stands not above it.
    :raises Refusal: the host's record cannot be one (field ``host_activity``).
    """
    with transaction.atomic():
        locked = family.lock(activity.pk, new_host_id=host.pk if host else None)
        row = locked.activity
        if not rules.may_link_host(actor, row):
            raise Forbidden(_("ผูกรายการกับเจ้าภาพได้ขณะที่หน่วยงานแก้ไขรายการอยู่ หรือโดยผู้ตรวจ"))
        if row.host_activity_id == (host.pk if host else None):
            return row
        set_host(locked, host)
        row.revision += 1
        row.updated_at, row.updated_by = now, actor.user
        row.save()
        revise.write(activity=row, actor=actor, now=now)
        locked.settle(now=now, actor=actor)
        details = {"host": str(host.uuid) if host else "", "revision": row.revision}
        record(actor=actor, verb="activity.link_host", subject=row, data=details, now=now)
    return row


def set_host(locked: family.Family, host: Activity | None) -> None:
    """Put the host on the locked row (not saved). :raises Refusal: it cannot be its host."""
    row = locked.activity
    if host is None:
        row.host_activity = None
        return
    fresh = Activity.objects.select_related("organization").get(pk=host.pk)  # locked with the family
    problem = rules.host_problem(row.pk, fresh, has_guests=bool(locked.guests))
    if not problem and row.part == Part.HOST:
        problem = _("รายการนี้บันทึกว่าจัดเอง เปลี่ยนบทบาทเป็นร่วมจัดหรือไปเข้าร่วมก่อน")
    if problem:
        raise Refusal(fields={"host_activity": [problem]})
    row.host_activity = fresh
    row.host_organization = fresh.organization
