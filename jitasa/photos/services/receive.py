"""Take a picture file in: check it, keep the original, note who sent it, ask for its copies."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.files.reading import is_kept
from jitasa.inserting import insert_new, insert_new_pair, new_row
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos import rules, store
from jitasa.photos.formats import BadPicture, Header, damaged, read_header
from jitasa.photos.formats.exif import ExifFacts, read_exif
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.photos.names import clean_name
from jitasa.photos.services.prepare import after_commit, can_be_decoded
from jitasa.problems import Forbidden, Refusal

FIELD = "photos"


def receive(
    *,
    actor: Viewer,
    organization: Organization,
    file: File[Any],
    name: str,
    now: datetime,
    bulk: bool = False,
) -> Photo:
    """Store one picture for an office and answer its row, ``PENDING`` until the worker is done.

    ``bulk``: nobody waits in front of a screen for it; its copies are made after those somebody waits for.

    The file is on disk, synced, before the row is written. The same bytes sent again give the same
    row: nothing is stored twice. A picture that could not be opened before is tried once more.

    :raises Forbidden: the actor may not send pictures for this office.
    :raises Refusal: the file cannot be taken; nothing was stored. The Thai text belongs to ``photos``.
    """
    if not rules.may_keep(actor) or not (actor.is_system or actor.office_id == organization.pk):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานนี้จึงส่งภาพได้"))
    name = clean_name(name)
    temporary, sha256, size = store.write_incoming(_chunks(file), settings.PHOTO_MAX_BYTES)
    try:
        header, facts = _checked(temporary, size, now)
        target = store.original(sha256)
        if not is_kept(target):
            store.keep(temporary, target)
    except BadPicture as problem:
        text = _("“%(name)s”: %(problem)s") % {"name": name or _("ภาพ"), "problem": problem}
        raise Refusal(fields={FIELD: [text]}, code="bad_picture") from None
    finally:
        temporary.unlink(missing_ok=True)
    return _noted(actor, organization, sha256, size, header, facts, name, now, bulk)


def _chunks(file: File[Any]) -> Iterable[bytes]:
    file.seek(0)
    return file.chunks()


def _checked(path: Path, size: int, now: datetime) -> tuple[Header, ExifFacts]:
    """Size, header and EXIF of the file. :raises BadPicture:"""
    if size == 0:
        raise BadPicture(_("ไฟล์ว่าง (0 ไบต์) เปิดดูภาพในเครื่องของท่านก่อน แล้วเลือกส่งใหม่"))
    if size > settings.PHOTO_MAX_BYTES:
        most = settings.PHOTO_MAX_BYTES // (1024 * 1024)
        raise BadPicture(
            _("ไฟล์ใหญ่เกิน %(most)d เมกะไบต์ ย่อภาพหรือถ่ายด้วยความละเอียดต่ำลง แล้วส่งใหม่") % {"most": most}
        )
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        header = read_header(data)
    pixels = header.width * header.height
    if not pixels:
        raise BadPicture(_("ไฟล์ภาพเสียหาย ไม่มีขนาดภาพ ถ่ายหรือบันทึกภาพนั้นใหม่ แล้วส่งใหม่"))
    if pixels > settings.PHOTO_MAX_PIXELS or max(header.width, header.height) > rules.LONGEST_SIDE:
        raise BadPicture(
            _("ภาพละเอียดเกินไป (%(width)d × %(height)d จุด) ส่งได้ไม่เกิน %(most)d ล้านจุด ย่อภาพแล้วส่งใหม่")
            % {
                "width": header.width,
                "height": header.height,
                "most": settings.PHOTO_MAX_PIXELS // 1_000_000,
            }
        )
    if not header.ended and not can_be_decoded(path, header.format):
        raise damaged()
    return header, read_exif(header.exif, now=now)


def _noted(
    actor: Viewer,
    organization: Organization,
    sha256: str,
    size: int,
    header: Header,
    facts: ExifFacts,
    name: str,
    now: datetime,
    bulk: bool,
) -> Photo:
    # HEIC turns itself; its EXIF orientation repeats what the container already says.
    turned = header.turned if header.format == "heic" else facts.orientation >= 5
    width, height = (header.height, header.width) if turned else (header.width, header.height)
    photo = new_row(
        Photo,
        sha256=sha256,
        bytes=size,
        format=header.format,
        width=width,
        height=height,
        taken_at=facts.taken_at,
        latitude=facts.latitude,
        longitude=facts.longitude,
        created_at=now,
        asked_by=organization,
        bulk=bulk,
    )
    sent = new_row(Upload, organization=organization, user_id=actor.user_id, name=name, created_at=now)
    if insert_new_pair(photo, sent, "photo"):
        transaction.on_commit(lambda: after_commit(photo))
        return photo
    return _sent_again(sent, sha256, organization, bulk)


def _sent_again(sent: Upload, sha256: str, organization: Organization, bulk: bool) -> Photo:
    """Of a picture that is there: who sent it, too; what could not be opened is tried once more."""
    with transaction.atomic():
        photo = sent.photo = Photo.objects.get(sha256=sha256)
        insert_new(sent)
        if photo.state == PhotoState.BROKEN:
            Photo.objects.filter(pk=photo.pk, state=PhotoState.BROKEN).update(
                state=PhotoState.PENDING,
                problem="",
                tries=0,
                claimed_until=None,
                asked_by=organization,
                bulk=bulk,
            )
            photo.refresh_from_db()
        if photo.state == PhotoState.PENDING:
            transaction.on_commit(lambda: after_commit(photo))
    return photo
