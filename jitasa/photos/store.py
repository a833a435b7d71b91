"""Where the files lie: under ``MEDIA_ROOT``, named by their content.

``originals/ab/cd/<sha256>`` holds what was sent and is never served. ``published/ab/cd/<sha256>/``
holds the three re-encoded sizes. ``incoming/`` holds what is just arriving.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from jitasa.photos.choices import Size

INCOMING = "incoming"


def original(sha256: str) -> Path:
    return _folder("originals", sha256) / sha256


def published(sha256: str, size: str) -> Path:
    return published_folder(sha256) / f"{Size(size).value}.jpg"


def published_folder(sha256: str) -> Path:
    return _folder("published", sha256) / sha256


def incoming() -> Path:
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_incoming(chunks: Iterable[bytes], most: int) -> tuple[Path, str, int]:
    """Stream to a private temporary file: (path, sha256, bytes). Stops after ``most`` + 1 bytes."""
    digest = hashlib.sha256()
    total = 0
    handle, name = tempfile.mkstemp(dir=incoming())
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            total += len(chunk)
            if total > most:
                break
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Path(name), digest.hexdigest(), total


def keep(temporary: Path, target: Path) -> None:
    """Move into place so that after a power cut the file is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(target)
    _sync_folders(target.parent)


def keep_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Write files that lie beside each other to disk and move them into place; one folder for all."""
    folder = moves[0][1].parent
    folder.mkdir(parents=True, exist_ok=True)
    for temporary, target in moves:
        _sync(temporary)
        temporary.replace(target)
    _sync_folders(folder)


def _sync_folders(folder: Path) -> None:
    """The names in ``folder``, and the folders above that may just have been made."""
    for _level in range(4):
        _sync(folder)
        folder = folder.parent


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folder(kind: str, sha256: str) -> Path:
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.MEDIA_ROOT) / kind / sha256[:2] / sha256[2:4]
