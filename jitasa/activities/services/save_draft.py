"""Save what has been typed so far: create or change a record by its client-made UUID."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.activities import rules
from jitasa.activities.choices import Part
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services import content, family, revise
from jitasa.activities.services.link_host import set_host
from jitasa.activities.services.transition import note
from jitasa.activities.values import ActivityValues, as_json, differing
from jitasa.audit.services.record import record
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.thai.dates import month_of, today

NO_RIGHT = gettext_noop("เฉพาะเจ้าหน้าที่ของหน่วยงานที่บันทึกรายการนี้เท่านั้นที่แก้ไขได้")


class EditConflict(Conflict):
    """Two people changed the record at once: both versions, and the fields in which they differ."""

    def __init__(self, *, stored: Activity, theirs: ActivityValues, mine: ActivityValues) -> None:
        self.stored, self.theirs, self.mine = stored, theirs, mine
        self.fields_differing = differing(theirs, mine)
        who = str(stored.updated_by) if stored.updated_by else _("ระบบ")
        words = _("%(who)s แก้ไขรายการนี้ไปพร้อมกับท่าน ดูทั้งสองฉบับแล้วเลือกว่าจะเก็บอย่างไร") % {"who": who}
        super().__init__(words, code="stale_revision")


@dataclass(frozen=True)
class _Save:
    actor: Viewer
    base_revision: int | None
    values: ActivityValues
    now: datetime
    page: str


def save_draft(
    *,
    actor: Viewer,
    uuid: UUID,
    base_revision: int | None,
    values: ActivityValues,
    now: datetime,
    page: str = "",
) -> Activity:
    """Create the record ``uuid`` for the actor's office, or change it.

    ``base_revision`` is the revision the values were typed over, ``None`` for a new record. The same
    values sent again change nothing. ``page`` names the open page that sends: a save whose answer
    was lost on the way does not stand against the next one from the same page.

    :raises Refusal: by field, when the values cannot be kept.
    :raises Forbidden: the person does not record for that office.
    :raises EditConflict: somebody else saved since ``base_revision``; nothing is changed.
    :raises Conflict: the record's state no longer lets its content change.
    """
    save = _Save(actor, base_revision, content.cleaned(values), now, page[:64])
    content.refuse_unstorable(save.values)
    found = _find(uuid)
    if found is None:
        try:
            with transaction.atomic():
                return _create(save, uuid)
        except IntegrityError:  # the same form arrived twice at the same moment
            found = _find(uuid)
            if found is None:
                raise
    with transaction.atomic():
        return _change(save, found)


def _find(uuid: UUID) -> int | None:
    return Activity.objects.filter(uuid=uuid).values_list("pk", flat=True).first()


def _create(save: _Save, uuid: UUID) -> Activity:
    office = save.actor.organization
    if office is None or not rules.may_record(save.actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    row = Activity(
        uuid=uuid,
        organization=office,
        month=month_of(today(save.now)),
        created_at=save.now,
        created_by=save.actor.user,
        revision=1,
    )
    before = ActivityValues()
    locked = family.Family(activity=row, guests=[])
    content.fill(row, save.values, before=before, actor=save.actor, now=save.now)
    _set_host(save, locked)
    row.save(force_insert=True)
    content.write_parts(row, save.values, before=before, actor=save.actor)
    note(actor=save.actor, activity=row, act=Act.CREATED, now=save.now)
    _finish(save, locked, verb="activity.create")
    return row


def _change(save: _Save, activity_id: int) -> Activity:
    locked = family.lock(activity_id, new_host_id=_host_id(save.values))
    row = locked.activity
    if not rules.writes_for(save.actor, row):
        raise Forbidden(_(NO_RIGHT))
    before = values_of(row)
    if as_json(before) == as_json(save.values):
        return row
    _check_base(save, row, before)
    if not rules.may_edit(save.actor, row):
        words = _("รายการนี้อยู่ในสถานะ “%(status)s” จึงแก้ไขไม่ได้ โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
        raise Conflict(words % {"status": row.get_status_display()}, code="wrong_state")
    content.fill(row, save.values, before=before, actor=save.actor, now=save.now)
    if before.host_activity != save.values.host_activity:
        _set_host(save, locked)
    if locked.guests and row.part != Part.HOST:
        raise Refusal(fields={"part": [_("มีหน่วยงานอื่นผูกกับรายการนี้ในฐานะเจ้าภาพแล้ว จึงเปลี่ยนบทบาทไม่ได้")]})
    row.revision += 1
    row.save()
    content.write_parts(row, save.values, before=before, actor=save.actor)
    _finish(save, locked, verb="activity.save")
    return row


def _check_base(save: _Save, row: Activity, before: ActivityValues) -> None:
    if save.base_revision == row.revision:
        return
    later = row.revisions.filter(number__gt=save.base_revision or 0)
    pages = set(later.values_list("data__page", flat=True))
    if save.page and pages == {save.page}:
        return
    raise EditConflict(stored=row, theirs=before, mine=save.values)


def _host_id(values: ActivityValues) -> int | None:
    if values.host_activity is None:
        return None
    found = _find(values.host_activity)
    if found is None:
        raise Refusal(fields={"host_activity": [_("ไม่พบกิจกรรมของเจ้าภาพ เลือกใหม่จากรายการ")]}, code="invalid")
    return found


def _set_host(save: _Save, locked: family.Family) -> None:
    host_id = _host_id(save.values)
    if host_id is None:
        set_host(locked, None)
        return
    set_host(locked, Activity.objects.select_for_update().get(pk=host_id))


def _finish(save: _Save, locked: family.Family, *, verb: str) -> None:
    row = locked.activity
    revision, fresh = revise.write(activity=row, actor=save.actor, now=save.now, typing=True, page=save.page)
    locked.settle(now=save.now, actor=save.actor)
    if fresh:  # while somebody types, one entry for the stretch is enough
        record(
            actor=save.actor,
            verb=verb,
            subject=row,
            data={"revision": row.revision, "hash": revision.hash},
            now=save.now,
        )
