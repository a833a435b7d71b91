"""Where the pieces of published files lie: ``MEDIA_ROOT/opendata/ab/<sha256>``, written once, never changed."""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

from django.conf import settings

CHUNK = 256 * 1024


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "opendata"


def path_of(sha256: str) -> Path:
    """The piece with that content. :raises ValueError: it is no SHA-256."""
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256 in hexadecimal")
    return folder() / sha256[:2] / sha256


def chunks(sha256: str) -> Iterator[bytes]:
    """A piece, a little at a time."""
    with path_of(sha256).open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class NewPiece:
    """A piece being written: it appears under its hash, whole, or not at all."""

    def __init__(self) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        self._path = folder() / f"{uuid4().hex}.part"
        self._file = self._path.open("wb")
        self._digest = hashlib.sha256()
        self.bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self.bytes += len(content)

    def keep(self) -> str:
        """Put the piece on disk for good; returns its hash."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._digest.hexdigest()
        target = path_of(sha256)
        target.parent.mkdir(exist_ok=True)
        self._path.replace(target)
        return sha256


def remove_others(wanted: set[str], *, before: datetime) -> int:
    """Delete pieces written before an instant that nothing needs any more; returns how many."""
    gone = 0
    for path in [*folder().glob("??/*"), *folder().glob("*.part")] if folder().is_dir() else ():
        if path.name not in wanted and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
