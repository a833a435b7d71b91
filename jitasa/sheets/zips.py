"""Pictures that come beside a sheet in a zip file."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.services.receive import receive
from jitasa.problems import Refusal
from jitasa.sheets.workbook_check import UNREADABLE

PICTURES_MOST = 400
IN_MEMORY = 4 * 1024 * 1024  # bytes of a picture; larger ones wait on disk
ENTRIES_MOST = 2000
INFLATED_TIMES = 3  # pictures do not shrink: a zip that grows more than this holds something else
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
_UTF8 = 0x800  # flag of a name in UTF-8; other names are in the code page of the machine that made the zip


@dataclass
class ZipPictures:
    """``shas`` by name; ``problems`` say of each picture that could not be taken why."""

    shas: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def take_pictures(
    *, actor: Viewer, organization: Organization, file: IO[bytes], now: datetime
) -> ZipPictures:
    """Store the pictures of a zip file for the office; one that cannot be taken keeps none of the others back.

    Pictures that no record uses are swept away later.

    :raises Refusal: the zip itself cannot be taken; nothing was stored.
    """
    found = ZipPictures()
    try:
        archive = zipfile.ZipFile(file)
    except UNREADABLE:
        raise Refusal(
            _("เปิดไฟล์ zip นี้ไม่ได้ ไฟล์อาจเสียหรือมีรหัสผ่าน สร้าง zip ใหม่แล้วส่งอีกครั้ง"), code="damaged"
        ) from None
    with archive:
        for name, entry in list(_pictures(archive)):
            _take(found, archive, entry, name, actor=actor, organization=organization, now=now)
    return found


def _pictures(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """:raises Refusal: too many files, or more in them than a zip of pictures can hold."""
    entries = archive.infolist()
    if len(entries) > ENTRIES_MOST:
        raise Refusal(_("ไฟล์ zip มีไฟล์มากเกินไป ใส่เฉพาะภาพของตารางนี้"), code="too_large")
    packed = sum(entry.compress_size for entry in entries)
    if sum(entry.file_size for entry in entries) > max(packed * INFLATED_TIMES, settings.PHOTO_MAX_BYTES):
        raise Refusal(_("ไฟล์ zip นี้คลายแล้วใหญ่ผิดปกติ ใส่เฉพาะไฟล์ภาพ"), code="too_large")
    names = [(PurePosixPath(_name(entry)), entry) for entry in entries if not entry.is_dir()]
    wanted = [
        (path.name, entry)
        for path, entry in names
        if path.suffix.lower() in ENDINGS and "__MACOSX" not in path.parts and not path.name.startswith(".")
    ]
    if len(wanted) > PICTURES_MOST:
        words = _("ไฟล์ zip มี %(n)d ภาพ ส่งได้ครั้งละไม่เกิน %(most)d ภาพ แบ่งเป็นหลายไฟล์")
        raise Refusal(words % {"n": len(wanted), "most": PICTURES_MOST}, code="too_many")
    yield from wanted


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was given: a zip made on a Thai Windows has names in code page 874."""
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename.replace("\\", "/")
    try:
        return entry.filename.encode("cp437").decode("cp874").replace("\\", "/")
    except UnicodeError:
        return entry.filename


def _take(
    found: ZipPictures, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, **receiver: Any
) -> None:
    if name in found.shas:
        found.problems.append(_("ใน zip มีภาพชื่อ %(name)s มากกว่าหนึ่งภาพ ใช้ภาพแรก") % {"name": name})
        return
    if entry.file_size > settings.PHOTO_MAX_BYTES:
        most = settings.PHOTO_MAX_BYTES // (1024 * 1024)
        found.problems.append(
            _("ภาพ %(name)s ใหญ่เกิน %(most)d เมกะไบต์ ย่อภาพแล้วส่งใหม่") % {"name": name, "most": most}
        )
        return
    try:
        with archive.open(entry) as packed, tempfile.SpooledTemporaryFile(IN_MEMORY) as plain:
            shutil.copyfileobj(packed, plain)
            plain.seek(0)
            photo = receive(file=File(plain, name), name=name, bulk=True, **receiver)
    except UNREADABLE:
        words = _("ภาพ %(name)s ใน zip เสียหรือมีรหัสผ่าน สร้าง zip ใหม่ด้วยภาพต้นฉบับ")
        found.problems.append(words % {"name": name})
    except Refusal as refusal:
        found.problems.append(refusal.message)
    else:
        found.shas[name] = photo.sha256
