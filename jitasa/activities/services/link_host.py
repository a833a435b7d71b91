"""Link a record to the host's record of the same event."""

from datetime import datetime

from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.services import linked
from jitasa.activities.services.saving import put_host
from jitasa.activities.services.write import STEP_COLUMNS, Change, write
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden

LINK_COLUMNS = (*STEP_COLUMNS, "host_activity", "host_organization")


def link_host(*, actor: Viewer, activity: Activity, host: Activity | None, now: datetime) -> Activity:
    """Link a guest's or co-host's record to the host's, or unlink it (``host=None``).

    While the host's record is live the guest's adds no event and no people upwards. Linking a record
    to what it is linked to already changes nothing.

    :raises Forbidden: the office may not edit it now and the person stands not above it.
    :raises Refusal: the host's record cannot be one (field ``host_activity``).
    """
    return linked.retried(lambda: _link(actor, activity, host, now))


def _link(actor: Viewer, activity: Activity, host: Activity | None, now: datetime) -> Activity:
    locked = linked.lock(ids=[activity.pk], new_hosts=[host.pk] if host else [])
    row = locked.rows[activity.pk]
    if not rules.may_link_host(actor, row):
        raise Forbidden(_("เชื่อมโยงรายการกับเจ้าภาพได้ขณะที่หน่วยงานแก้ไขรายการอยู่ หรือโดยผู้ตรวจ"))
    if row.host_activity_id == (host.pk if host else None):
        return row
    put_host(locked, row, locked.rows.get(host.pk) if host else None)
    row.revision += 1
    row.updated_at, row.updated_by = now, actor.user
    change = Change(
        row=row,
        to=Status(row.status),
        verb="activity.link_host",
        actor=actor,
        columns=LINK_COLUMNS,
        data={"host": str(host.uuid) if host else ""},
        parts=parts_by_activity([row])[row.pk],
    )
    write([change], linked=locked, now=now)
    return row
