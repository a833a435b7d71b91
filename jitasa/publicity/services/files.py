"""Take a file into a material, take it out again, count what is fetched."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.documents.intake import NotTaken
from jitasa.files.kinds import HEAD
from jitasa.files.names import shown_name
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos import store as photo_store
from jitasa.photos.services.receive import receive
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import file_types, rules
from jitasa.publicity.choices import FileKind, FileState, MaterialKind, Variant
from jitasa.publicity.models import Delivery, Download, Material, MaterialFile
from jitasa.publicity.services.materials import NOT_YOURS
from jitasa.publicity.store import path_of
from jitasa.queues import MOST_BEHIND, behind

MOST_FILES = 12


def add_file(*, actor: Viewer, material: Material, file: File[Any], name: str, now: datetime) -> MaterialFile:
    """Keep a file of a material; the same content sent again is the same row.

    The size is known and refused before anything is copied; the type is read from the content.

    :raises Forbidden: another office's material. :raises Refusal: not a file for it (field ``file``).
    """
    if actor.organization is None or not rules.may_edit_material(actor, material):
        raise Forbidden(_(NOT_YOURS))
    shown = shown_name(name)
    try:
        head = next(iter(file.chunks(HEAD)), b"")[:HEAD]
        kind = file_types.kind_of_head(head)
        file_types.check_size(kind, file.size)
        _check_wanted(material, kind)
        if kind == FileKind.IMAGE:
            return _add_picture(actor, material, file, shown, now)
        return _add_stored(actor, material, file.chunks(), shown, now)
    except NotTaken as reason:
        text = f"{shown}: {reason}"
        raise Refusal(text, fields={"file": [text]}, code="file") from reason


def _check_wanted(material: Material, kind: str) -> None:
    wanted = rules.FILES_OF[material.kind]
    if kind not in wanted:
        raise NotTaken(
            _("สื่อชนิด%(material)sใช้ไฟล์ %(kinds)s")
            % {
                "material": MaterialKind(material.kind).label,
                "kinds": " / ".join(str(FileKind(each).label) for each in FileKind.values if each in wanted),
            }
        )


def _add_picture(
    actor: Viewer, material: Material, file: File[Any], name: str, now: datetime
) -> MaterialFile:
    assert actor.organization is not None
    try:
        photo = receive(actor=actor, organization=actor.organization, file=file, name=name, now=now)
    except Refusal as refusal:
        raise Refusal(refusal.message, fields={"file": [refusal.message]}, code=refusal.code) from None
    values = {
        "kind": FileKind.IMAGE,
        "state": FileState.PENDING,
        "name": f"{PurePath(name).stem}.jpg",
        "media_type": "image/jpeg",
        "bytes": photo.bytes,
        "photo": photo,
        "width": photo.width,
        "height": photo.height,
    }
    row = _placed(actor, material, photo.sha256, values, now)
    if row.state != FileState.READY:
        transaction.on_commit(lambda: _enqueue(row))
    return row


def _enqueue(row: MaterialFile) -> None:
    from jitasa.publicity.tasks import shape as task

    before = MaterialFile.objects.filter(
        material__organization_id=row.material.organization_id, state=FileState.PENDING, pk__lt=row.pk
    )
    others = before[:MOST_BEHIND].count()
    task.using(priority=behind(others)).enqueue(row.pk)


def _add_stored(
    actor: Viewer, material: Material, chunks: Iterable[bytes], name: str, now: datetime
) -> MaterialFile:
    temporary, sha256, size = photo_store.write_incoming(chunks, file_types.largest())
    try:
        found = file_types.found_in(temporary)
        file_types.check_size(found.kind, size)
        photo_store.keep(temporary, path_of(sha256, Variant.ORIGINAL))
    finally:
        temporary.unlink(missing_ok=True)
    values = {
        "kind": found.kind,
        "name": f"{PurePath(name).stem}.{found.ending}",
        "media_type": found.media_type,
        "bytes": size,
    }
    return _placed(actor, material, sha256, values, now)


def _placed(
    actor: Viewer, material: Material, sha256: str, values: dict[str, Any], now: datetime
) -> MaterialFile:
    with transaction.atomic():
        locked = _locked(actor, material)
        known = locked.files.filter(sha256=sha256).first()
        if known is not None:
            return known
        if locked.files.count() >= MOST_FILES:
            raise NotTaken(_("สื่อหนึ่งรายการมีได้ไม่เกิน %(most)d ไฟล์") % {"most": MOST_FILES})
        last = locked.files.aggregate(last=Max("position"))["last"] or 0
        row = MaterialFile.objects.create(
            material=locked, position=last + 1, sha256=sha256, created_at=now, **values
        )
        record(
            actor=actor, verb="material.file", subject=locked, now=now,
            data={"file": row.name, "sha256": sha256, "bytes": row.bytes},
        )  # fmt: skip
    return row


def remove_file(*, actor: Viewer, file: MaterialFile, now: datetime) -> None:
    """Take a file out of its material. The bytes stay in the store: another material may hold them."""
    with transaction.atomic():
        material = _locked(actor, file.material)
        data = {"file": file.name, "sha256": file.sha256}
        if MaterialFile.objects.filter(pk=file.pk).delete()[0]:
            record(actor=actor, verb="material.file_remove", subject=material, data=data, now=now)


def _locked(actor: Viewer, material: Material) -> Material:
    """The material as it is now, locked. :raises Forbidden: withdrawn meanwhile, or another office's."""
    row = Material.objects.select_for_update(of=("self",), no_key=True).get(pk=material.pk)
    if not rules.may_edit_material(actor, row):
        raise Forbidden(_(NOT_YOURS))
    return row


def count_download(*, file: MaterialFile, office: Organization | None, now: datetime) -> None:
    """One more fetched by an office, or by the public (``None``); its campaigns learn of the first time.

    A counter, not an act: no audit entry.
    """
    row = Download.objects.filter(file=file, organization=office)
    with transaction.atomic():
        if not row.update(count=F("count") + 1, last_at=now):
            try:
                with transaction.atomic():
                    Download.objects.create(file=file, organization=office, count=1, last_at=now)
            except IntegrityError:  # somebody of the same office at the same moment
                row.update(count=F("count") + 1, last_at=now)
        if office is not None:
            first = Delivery.objects.filter(
                recipient=office, campaign__materials=file.material_id, downloaded_at=None
            )
            first.update(downloaded_at=now)
