"""Pictures that arrive in pieces: kept as one growing file until they are whole, at most a day."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

FOLDER = "api_pieces"
FORGOTTEN_AFTER = timedelta(hours=24)
UNFINISHED_MOST = 40  # files of one office at a time


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


def place(office_id: int, sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(office_id) / sha256


def offset(office_id: int, sha256: str) -> int:
    """How many bytes of a picture are here."""
    with contextlib.suppress(FileNotFoundError):
        return place(office_id, sha256).stat().st_size
    return 0


def add(office_id: int, sha256: str, piece: Piece) -> int:
    """Put a piece behind what is here, synced; how many bytes are here now. The same piece again changes nothing.

    :raises OutOfPlace: bytes between are missing. :raises OtherBytes: :raises TooMany:
    """
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


@contextlib.contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    """The file, for this request alone: two clients with one piece write it once."""
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def forget(office_id: int, sha256: str) -> None:
    place(office_id, sha256).unlink(missing_ok=True)


def sweep_pieces(*, now: datetime) -> int:
    """Remove pictures begun and not continued for a day (a chore of the scheduler); returns how many."""
    before, removed = (now - FORGOTTEN_AFTER).timestamp(), 0
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed
