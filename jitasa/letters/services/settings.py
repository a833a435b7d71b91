"""An office's letterhead and signers."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.emblem import thumbnail
from jitasa.letters.models import LetterSettings, Signer, StoredFile
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal

PICTURES = ("image/png", "image/jpeg")


def office_of(actor: Viewer) -> Organization:
    """The office whose settings the person may change. :raises Forbidden: not its administrator."""
    office = actor.organization
    if office is None or not rules.may_write(actor) or not actor.has(Role.ADMINISTRATOR, Role.APPROVER):
        raise Forbidden("เฉพาะผู้ดูแลสำนักงานหรือผู้อนุมัติจึงตั้งค่าหนังสือได้ ติดต่อผู้ดูแลสำนักงานของท่าน")
    return office


def save_settings(
    *, actor: Viewer, texts: Mapping[str, str], emblem: StoredFile | None, now: datetime
) -> LetterSettings:
    """Change the letterhead. Letters already written keep theirs until they are saved again.

    :raises Refusal: the emblem is no picture, or one that cannot be read.
    """
    office = office_of(actor)
    if emblem is not None and emblem.media_type not in PICTURES:
        raise Refusal(fields={"emblem_file": ["ใช้ภาพ PNG หรือ JPEG"]})
    if emblem is not None and thumbnail(emblem.sha256) is None:
        raise Refusal(fields={"emblem_file": ["เปิดภาพนี้ไม่ได้ ไฟล์อาจเสียหรือใหญ่เกินไป บันทึกภาพใหม่แล้วลองอีกครั้ง"]})
    with transaction.atomic():
        LetterSettings.objects.get_or_create(organization=office)
        row = LetterSettings.objects.select_for_update(of=("self",), no_key=True).get(organization=office)
        for name, text in texts.items():
            setattr(row, name, text)
        if emblem is not None:
            row.emblem = emblem.sha256
        row.save()
        record(actor=actor, verb="letter.settings", subject=office, data=dict(texts), now=now)
    return row


def add_signer(*, actor: Viewer, texts: Mapping[str, str], now: datetime) -> Signer:
    office = office_of(actor)
    with transaction.atomic():
        signer = Signer.objects.create(organization=office, **texts)
        record(actor=actor, verb="letter.signer_add", subject=signer, now=now)
    return signer


def retire_signer(*, actor: Viewer, signer: Signer, now: datetime) -> Signer:
    """No longer offered; letters already signed keep the name."""
    if office_of(actor).pk != signer.organization_id:
        raise Forbidden("เป็นผู้ลงนามของหน่วยงานอื่น")
    with transaction.atomic():
        row = Signer.objects.select_for_update(no_key=True).get(pk=signer.pk)
        if row.retired_at is None:
            row.retired_at = now
            row.save(update_fields=["retired_at"])
            record(actor=actor, verb="letter.signer_retire", subject=row, now=now)
    return row
