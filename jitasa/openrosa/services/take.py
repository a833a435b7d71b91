"""Take a filled form in: its pictures as they come, then the record, by the services of the screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.services.record_and_submit import record_and_submit
from jitasa.activities.services.save_draft import Saved, save_draft
from jitasa.openrosa.models import Submission
from jitasa.openrosa.reading import Filled
from jitasa.organizations.viewer import Viewer
from jitasa.photos.services.receive import receive
from jitasa.problems import Forbidden


@dataclass(frozen=True)
class Taken:
    """``new``: something was kept; else it was here before. ``saved`` is empty while files are to come."""

    new: bool
    row: Submission
    saved: Saved | None = None
    lacking: tuple[str, ...] = ()


def take(
    *, actor: Viewer, form: Filled, files: Mapping[str, File[Any]], more_to_come: bool, now: datetime
) -> Taken:
    """Keep a form and its files; when all are here the record is sent, or stays a draft that says what it lacks.

    The same again changes nothing. With a picture missing the record is kept but not sent: a later form with
    the picture completes it.

    :raises Refusal: by field, when it cannot be kept. :raises Forbidden: the office records nothing.
    :raises Conflict: the record was changed meanwhile, or its state allows no change.
    """
    office = actor.organization
    if office is None or not office.is_lao:
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    row = _row(office.pk, form, now)
    fresh = {
        name: file for name, file in files.items() if name not in row.names and name in dict(form.pictures)
    }
    if row.done_at is not None and row.xml_sha256 == form.sha256 and not fresh:
        return Taken(False, row, _as_it_is(row))
    names = {
        name: receive(actor=actor, organization=office, file=file, name=name, now=now).sha256
        for name, file in fresh.items()
    }
    row = _noted(row, names)
    if more_to_come:
        return Taken(bool(names), row)
    return _kept(actor, form, row, now)


def _row(office_id: int, form: Filled, now: datetime) -> Submission:
    """The form's row; an edit of a form sent before belongs to that one's record."""
    activity, revision = form.instance, None
    if form.replaces is not None:
        before = Submission.objects.filter(organization_id=office_id, instance=form.replaces).first()
        if before is not None:
            activity, revision = before.activity, before.revision
    row, _created = Submission.objects.get_or_create(
        organization_id=office_id,
        instance=form.instance,
        defaults={
            "activity": activity,
            "revision": revision,
            "xml_sha256": form.sha256,
            "received_at": now,
            "names": _names_before(office_id, form.replaces),
        },
    )
    return row


def _names_before(office_id: int, instance: UUID | None) -> dict[str, str]:
    """Pictures of the form that is edited: a client sends only what is new."""
    if instance is None:
        return {}
    rows = Submission.objects.filter(organization_id=office_id, instance=instance)
    return rows.values_list("names", flat=True).first() or {}


def _noted(row: Submission, names: Mapping[str, str]) -> Submission:
    """The row with the pictures that came now; several requests may bring some at once."""
    with transaction.atomic():
        held = Submission.objects.select_for_update(no_key=True).get(pk=row.pk)
        held.names = {**held.names, **names}
        held.save(update_fields=["names"])
    return held


def _kept(actor: Viewer, form: Filled, row: Submission, now: datetime) -> Taken:
    lacking = tuple(form.lacking(row.names))
    values = form.values(row.names)
    if lacking:
        kept = save_draft(actor=actor, uuid=row.activity, base_revision=row.revision, values=values, now=now)
        saved = Saved(activity=kept)
    else:
        saved = record_and_submit(
            actor=actor, uuid=row.activity, base_revision=row.revision, values=values, now=now
        )
    row.revision, row.xml_sha256 = saved.activity.revision, form.sha256
    row.done_at = None if lacking else now
    row.save(update_fields=["revision", "xml_sha256", "done_at"])
    return Taken(True, row, saved, lacking)


def _as_it_is(row: Submission) -> Saved | None:
    found = Activity.objects.filter(uuid=row.activity).first()
    return Saved(activity=found, same=True) if found is not None else None


def words_of(taken: Taken) -> str:
    """What the telephone shows: the number, or what is still to do and where."""
    if taken.saved is None:
        return _("ได้รับบางส่วนแล้ว รอไฟล์ที่เหลือ")
    number, problems = taken.saved.activity.number, taken.saved.problems
    if taken.saved.activity.status == Status.WITHDRAWN:
        return _("ฟอร์มนี้มาถึงแล้ว แต่รายการนี้ถอนในระบบแล้ว")
    if number:
        return _("ส่งแล้ว เลขที่ %(number)s") % {"number": number}
    if taken.lacking:
        return _("เก็บเป็นร่างแล้ว ยังขาดภาพ %(n)d ภาพ ส่งจากแอปอีกครั้ง หรือแนบภาพในระบบ") % {"n": len(taken.lacking)}
    if taken.saved.twins:
        return _("เก็บเป็นร่างแล้ว ยังไม่ส่ง เพราะคล้ายรายการที่มีอยู่ เปิดร่างในระบบเพื่อยืนยัน")
    if problems:
        lines = [text for texts in problems.values() for text in texts]
        return _("เก็บเป็นร่างแล้ว ยังไม่ส่ง เปิดร่างในระบบแล้วเติม: %(what)s") % {"what": " · ".join(lines)}
    if taken.saved.activity.status == Status.DRAFT:
        return _("ฟอร์มนี้มาถึงแล้ว และเก็บเป็นร่าง ยังไม่ส่ง เปิดร่างในระบบ เติมส่วนที่ขาด แล้วกดส่ง")
    return _("เก็บแล้ว รออนุมัติหรือรอตรวจในระบบ")
