"""Pictures that arrive in pieces: kept until they are whole, at most a day.

One growing file on the disk; in the bucket where hosts share no disk (``files.arriving``).
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from jitasa.files import arriving
from jitasa.problems import Refusal
from jitasa.ui.reading import BIGGEST_ID, whole_number

FOLDER = "api_pieces"
FORGOTTEN_AFTER = timedelta(hours=24)
UNFINISHED_MOST = 40  # files of one office at a time
_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19})")


class PieceRefused(Refusal):
    """A piece that cannot be taken. ``offset``: the next byte wanted, where that is known."""

    def __init__(self, status: int, code: str, words: str, *, offset: int | None = None, **more: str) -> None:
        super().__init__(words, code=code)
        self.status, self.offset, self.more = status, offset, more


class OutOfPlace(Exception):
    """The piece does not follow what is here; ``offset`` is the next byte wanted."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class OtherBytes(Exception):
    """The piece was here already, with other bytes."""


class TooMany(Exception):
    """The office has begun more pictures than it has finished."""


@dataclass(frozen=True)
class Piece:
    """Bytes ``start`` … of a file of ``total`` bytes."""

    start: int
    total: int
    data: bytes


def read(request: HttpRequest, text: str) -> Piece:
    """The piece in the body of a request; ``text`` is its ``Content-Range``.

    :raises PieceRefused: the range means nothing (422), or the picture would be too large (413).
    """
    found = _RANGE.fullmatch(text)
    numbers = [whole_number(each, most=BIGGEST_ID) for each in found.groups()] if found else [None]
    if None in numbers:
        words = _("Content-Range ต้องเป็น bytes แรก-สุดท้าย/ทั้งหมด เช่น bytes 0-1023/4096")
        raise PieceRefused(422, "content_range", words)
    first, last, total = cast("list[int]", numbers)
    if total > settings.PHOTO_MAX_BYTES:
        most = settings.PHOTO_MAX_BYTES // 1_048_576
        words = _("ไฟล์ใหญ่เกิน %(most)d เมกะไบต์ ย่อภาพแล้วส่งใหม่") % {"most": most}
        raise PieceRefused(413, "too_large", words)
    if not first <= last < total:
        words = _("Content-Range ต้องเริ่มไม่เกินไบต์สุดท้าย และอยู่ในขนาดทั้งหมด")
        raise PieceRefused(422, "content_range", words)
    data = request.read(last - first + 2)
    if len(data) != last - first + 1:
        words = _("เนื้อที่ส่งมายาว %(found)d ไบต์ ไม่เท่ากับที่ Content-Range บอก") % {"found": len(data)}
        raise PieceRefused(422, "content_range", words)
    return Piece(first, total, data)


def place(office_id: int, sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(office_id) / sha256


def _name(office_id: int, sha256: str) -> str:
    return f"{FOLDER}/{office_id}/{sha256}"


def offset(office_id: int, sha256: str) -> int:
    """How many bytes of a picture are here."""
    if arriving.together():
        return arriving.size(_name(office_id, sha256))
    with contextlib.suppress(FileNotFoundError):
        return place(office_id, sha256).stat().st_size
    return 0


def add(office_id: int, sha256: str, piece: Piece) -> int:
    """Put a piece behind what is here, synced; how many bytes are here now. The same piece again changes nothing.

    :raises OutOfPlace: bytes between are missing. :raises OtherBytes: :raises TooMany:
    """
    if arriving.together():
        return _add_for_all_hosts(office_id, _name(office_id, sha256), piece)
    path = place(office_id, sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists() and len(list(path.parent.iterdir())) >= UNFINISHED_MOST:
        raise TooMany
    with _held(path) as file:
        here = file.seek(0, 2)
        if piece.start > here:
            raise OutOfPlace(here)
        known = min(here - piece.start, len(piece.data))
        file.seek(piece.start)
        if file.read(known) != piece.data[:known]:
            raise OtherBytes
        file.seek(0, 2)
        file.write(piece.data[known:])
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _add_for_all_hosts(office_id: int, name: str, piece: Piece) -> int:
    """Bytes that came before are not compared: when it is whole its hash is."""
    here = arriving.size(name)
    if piece.start > here:
        raise OutOfPlace(here)
    if not here and len(arriving.begun(f"{FOLDER}/{office_id}")) >= UNFINISHED_MOST:
        raise TooMany
    new = piece.data[here - piece.start :]
    return arriving.add(name, here, new) if new else here


@contextlib.contextmanager
def content(office_id: int, sha256: str) -> Iterator[Any]:
    """What is here. :raises FileNotFoundError: nothing is"""
    if arriving.together():
        with arriving.content(_name(office_id, sha256)) as file:
            yield file
    else:
        with place(office_id, sha256).open("rb") as file:
            yield file


@contextlib.contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    """The file, for this request alone: two clients with one piece write it once."""
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def forget(office_id: int, sha256: str) -> None:
    if arriving.together():
        arriving.forget(_name(office_id, sha256))
    place(office_id, sha256).unlink(missing_ok=True)


def sweep_pieces(*, now: datetime) -> int:
    """Remove pictures begun and not continued for a day (a chore of the scheduler); returns how many."""
    before, removed = (now - FORGOTTEN_AFTER).timestamp(), 0
    for name, at in arriving.begun(FOLDER).items() if arriving.together() else ():
        if at.timestamp() < before:
            arriving.forget(name)
            removed += 1
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed
