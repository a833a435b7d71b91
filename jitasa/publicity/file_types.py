"""What an uploaded file is, by its content and never by its name, and how large it may be.

Videos and spots are not decoded: their containers are walked, every length checked against the end
of the file, so that what is cut off or is something else is refused. They are served as what they
were found to be, with nosniff. Documents are judged by :mod:`jitasa.documents.intake`, pictures by
:mod:`jitasa.photos`, which makes them anew.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from jitasa.documents.intake import NotTaken, type_of
from jitasa.files.kinds import FILMS, HEAD, PICTURES, SOUNDS, ContainerKind, kind_of
from jitasa.publicity.choices import FileKind

MB = 1024 * 1024
MOST_BOXES = 20_000  # a film of an hour in pieces of a second has 7,200; more is made to waste time
NAMED_WITHIN = 64  # bytes in which WebM and Ogg say what is inside
MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV"}
)


@dataclass(frozen=True)
class Found:
    """``ending`` is the one the file is given, whatever it was called."""

    kind: str
    ending: str
    media_type: str


def most_bytes(kind: str) -> int:
    """How large a file of a kind may be; said on the page before anything is sent."""
    limits: dict[str, int] = {
        FileKind.IMAGE: settings.PHOTO_MAX_BYTES,
        FileKind.VIDEO: settings.VIDEO_MAX_BYTES,
        FileKind.AUDIO: settings.AUDIO_MAX_BYTES,
        FileKind.DOCUMENT: settings.LETTER_FILE_MAX_BYTES,
    }
    return limits[kind]


def largest() -> int:
    """More than this in one file is never read."""
    return max(most_bytes(kind) for kind in FileKind.values)


def kind_of_head(head: bytes) -> str:
    """The kind that the first bytes say; what is unknown is treated as a document."""
    kind = kind_of(head)
    if kind in PICTURES:
        return FileKind.IMAGE
    if kind in SOUNDS or _frame(head) is not None:
        return FileKind.AUDIO
    return FileKind.VIDEO if kind in FILMS else FileKind.DOCUMENT


def check_size(kind: str, size: int) -> None:
    """:raises NotTaken: larger than a file of that kind may be."""
    most = most_bytes(kind)
    if size > most:
        raise NotTaken(
            _("ไฟล์%(kind)sใหญ่เกิน %(most)d MB ลดความละเอียดหรือตัดให้สั้นลงแล้วเลือกใหม่")
            % {"kind": FileKind(kind).label, "most": most // MB}
        )


def found_in(path: Path) -> Found:
    """The type of a stored video, spot or document. :raises NotTaken: with the Thai reason."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head:
            raise NotTaken(_("ไฟล์ว่าง ไม่มีข้อมูล เลือกไฟล์ใหม่"))
        kind = kind_of_head(head)
        if kind == FileKind.VIDEO:
            return _video(file, head)
        if kind == FileKind.AUDIO:
            return _audio(file, head)
    document = type_of(path)
    return Found(FileKind.DOCUMENT, document.ending, document.media_type)


def _video(file: BinaryIO, head: bytes) -> Found:
    if kind_of(head) == ContainerKind.MATROSKA:
        if b"webm" not in head[:NAMED_WITHIN]:
            raise NotTaken(_("วิดีโอนี้เป็น MKV บันทึกเป็น MP4 หรือ WebM แล้วเลือกใหม่"))
        return Found(FileKind.VIDEO, "webm", "video/webm")
    if head[8:12] not in MP4_BRANDS:
        raise NotTaken(_("วิดีโอต้องเป็น MP4 หรือ WebM แปลงไฟล์แล้วเลือกใหม่"))
    _whole_boxes(file)
    return Found(FileKind.VIDEO, "mp4", "video/mp4")


def _audio(file: BinaryIO, head: bytes) -> Found:
    kind = kind_of(head)
    if kind == ContainerKind.M4A:
        _whole_boxes(file)
        return Found(FileKind.AUDIO, "m4a", "audio/mp4")
    if kind == ContainerKind.OGG:
        inside = head[:NAMED_WITHIN]
        if b"vorbis" not in inside and b"OpusHead" not in inside:
            raise NotTaken(_("ไฟล์ Ogg นี้ไม่ใช่เสียง บันทึกเป็น MP3 แล้วเลือกใหม่"))
        return Found(FileKind.AUDIO, "ogg", "audio/ogg")
    if kind in (ContainerKind.WAVE, ContainerKind.FLAC):
        raise NotTaken(_("สปอตเสียงต้องเป็น MP3, M4A หรือ Ogg แปลงไฟล์แล้วเลือกใหม่"))
    _whole_frames(file, head)
    return Found(FileKind.AUDIO, "mp3", "audio/mpeg")


def _cut_off() -> NotTaken:
    return NotTaken(_("ไฟล์เสียหายหรือส่งมาไม่ครบ เปิดดูในเครื่องให้แน่ใจแล้วเลือกใหม่"))


def _boxes(file: BinaryIO) -> Iterator[bytes]:
    """The names of the boxes at the top of an MP4, each inside the file. :raises NotTaken:"""
    end, at = file.seek(0, os.SEEK_END), 0
    for _count in range(MOST_BOXES):
        if at >= end:
            return
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise _cut_off()
        size, name = struct.unpack(">I4s", head[:8])
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:])
        elif size == 0:
            size = end - at
        if size < 8 or at + size > end:
            raise _cut_off()
        yield name
        at += size
    raise _cut_off()


def _whole_boxes(file: BinaryIO) -> None:
    names = set(_boxes(file))
    if not {b"moov", b"mdat"} <= names and b"moof" not in names:
        raise _cut_off()


_KBPS = {
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}  # layer III of MPEG 1 and 2
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _frame(head: bytes) -> int | None:
    """The length in bytes of the MP3 frame (layer III) that begins here; ``None``: none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return None
    kbps = _KBPS[3 if version == 3 else 2, 1][rate - 1]
    samples = 144 if version == 3 else 72
    return samples * kbps * 1000 // _HERTZ[version][sampling] + (head[2] >> 1 & 1)


def _whole_frames(file: BinaryIO, head: bytes) -> None:
    """Behind a tag, if there is one, two frames follow each other. :raises NotTaken:"""
    at = 0
    if kind_of(head) == ContainerKind.ID3:
        size = 0
        for each in head[6:10]:
            size = size << 7 | each & 0x7F
        at = 10 + size
    for _each in range(2):
        file.seek(at)
        length = _frame(file.read(4))
        if length is None:
            raise _cut_off()
        at += length
