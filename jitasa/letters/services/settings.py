"""An office's letterhead."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.emblem import thumbnail
from jitasa.letters.models import LetterSettings, StoredFile
from jitasa.letters.services.register import begin_series
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal

PICTURES = ("image/png", "image/jpeg")


def office_of(actor: Viewer) -> Organization:
    """The office whose settings the person may change. :raises Forbidden: not its administrator."""
    office = actor.organization
    if office is None or not rules.may_write(actor) or not actor.has(Role.ADMINISTRATOR, Role.APPROVER):
        raise Forbidden(_("เฉพาะผู้ดูแลสำนักงานหรือผู้อนุมัติจึงตั้งค่าหนังสือได้ ติดต่อผู้ดูแลสำนักงานของท่าน"))
    return office


def save_settings(
    *,
    actor: Viewer,
    texts: Mapping[str, str],
    emblem: StoredFile | None,
    now: datetime,
    seal: StoredFile | None = None,
    circular_series: bool = False,
    cover_by_memo: bool = False,
) -> LetterSettings:
    """Change the letterhead. Letters already written keep theirs until they are saved again.

    :raises Refusal: the emblem or the seal is no picture, or one that cannot be read.
    """
    office = office_of(actor)
    for field, picture in (("emblem_file", emblem), ("seal_file", seal)):
        _refuse_unreadable(field, picture)
    with transaction.atomic():
        LetterSettings.objects.get_or_create(organization=office)
        row = LetterSettings.objects.select_for_update(of=("self",), no_key=True).get(organization=office)
        for name, text in texts.items():
            setattr(row, name, text)
        if emblem is not None:
            row.emblem = emblem.sha256
        if seal is not None:
            row.seal = seal.sha256
        if row.circular_series != circular_series:
            row.circular_series = circular_series
            begin_series(office, now)
        row.cover_by_memo = cover_by_memo
        row.save()
        data = {**texts, "circular_series": circular_series, "cover_by_memo": cover_by_memo}
        record(actor=actor, verb="letter.settings", subject=office, data=data, now=now)
    return row


def name_centre_head(*, actor: Viewer, title: str, now: datetime) -> LetterSettings:
    """Say by which title the department's reports go to the head of the ministry's centre; empty: the usual one.

    :raises Forbidden: neither the ministry's centre nor who keeps the department's letterhead.
    """
    office = actor.organization
    if office is None or not rules.may_name_centre_head(actor):
        raise Forbidden(_("เฉพาะศูนย์อำนวยการจิตอาสาระดับกระทรวงหรือผู้ดูแลสำนักงานของกรมจึงตั้งค่านี้ได้"))
    with transaction.atomic():
        LetterSettings.objects.get_or_create(organization=office)
        row = LetterSettings.objects.select_for_update(of=("self",), no_key=True).get(organization=office)
        row.centre_head = title.strip()
        row.save(update_fields=["centre_head"])
        record(
            actor=actor,
            verb="letter.settings",
            subject=office,
            data={"centre_head": row.centre_head},
            now=now,
        )
    return row


def _refuse_unreadable(field: str, picture: StoredFile | None) -> None:
    if picture is not None and picture.media_type not in PICTURES:
        raise Refusal(fields={field: [_("ใช้ภาพ PNG หรือ JPEG")]})
    if picture is not None and thumbnail(picture.sha256) is None:
        raise Refusal(fields={field: [_("เปิดภาพนี้ไม่ได้ ไฟล์อาจเสียหรือใหญ่เกินไป บันทึกภาพใหม่แล้วลองอีกครั้ง")]})
