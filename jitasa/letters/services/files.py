"""Receive a file for a letter: an enclosure, a scan, an answer. And count what is fetched."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.documents.intake import NotTaken, type_of
from jitasa.files import store
from jitasa.files.names import shown_name
from jitasa.letters import rules
from jitasa.letters.models import Enclosure, StoredFile
from jitasa.letters.store import path_of
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal


def receive_file(*, actor: Viewer, chunks: Iterable[bytes], name: str, now: datetime) -> StoredFile:
    """Keep a file of the actor's office by its SHA-256; the same file sent again is the same row.

    The type is read from the content (:mod:`jitasa.documents.intake`) and gives the name its
    ending. It is on disk whole before the row is there.

    :raises Forbidden: the person does not write letters.
    :raises Refusal: too large, a program, a macro, encrypted, or of no allowed type (code ``file``).
    """
    office = actor.organization
    if office is None or not rules.may_write(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานเท่านั้นที่แนบไฟล์ได้"))
    most: int = settings.LETTER_FILE_MAX_BYTES
    temporary, sha256, size = store.write_incoming(chunks, most)
    try:
        if size > most:
            raise NotTaken(
                _("ไฟล์ใหญ่เกิน %(most)s MB ลดขนาดหรือแบ่งเป็นหลายไฟล์แล้วแนบใหม่") % {"most": most // 1024 // 1024}
            )
        kind = type_of(temporary)
        values = {
            "name": f"{PurePath(shown_name(name)).stem}.{kind.ending}",
            "media_type": kind.media_type,
            "bytes": size,
        }
        with store.holding(sha256):  # a destruction of the same content sees the row, or comes first
            store.keep(temporary, path_of(sha256))
            return _noted(actor, office, sha256, values, now)
    except NotTaken as reason:
        raise Refusal(
            f"{shown_name(name)}: {reason}", fields={"file": [str(reason)]}, code="file"
        ) from reason
    finally:
        temporary.unlink(missing_ok=True)


def _noted(
    actor: Viewer, office: Organization, sha256: str, values: dict[str, Any], now: datetime
) -> StoredFile:
    with transaction.atomic():
        stored, created = StoredFile.objects.get_or_create(
            organization=office,
            sha256=sha256,
            defaults={**values, "created_at": now, "created_by": actor.user},
        )
        if created:
            record(actor=actor, verb="letter.file", subject=stored, data={"sha256": sha256}, now=now)
    return stored


def count_download(*, enclosure: Enclosure) -> None:
    """One more fetched; counted in the row, no audit entry a download."""
    Enclosure.objects.filter(pk=enclosure.pk).update(downloads=F("downloads") + 1)
