"""Files by their content under ``MEDIA_ROOT``: written whole or not at all, named by their SHA-256.

Each app keeps a folder of its own there (``letters``, ``materials``, ``originals`` …) and decides who may
have a file; nothing in it is ever served directly. ``incoming/`` holds what is just arriving.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection, transaction

from jitasa.files import bucket

INCOMING = "incoming"
LOCKS = "locks"
_ON_DISK: set[Path] = set()  # folders whose names this process has seen written: 257 of each app


def place_of(folder: str, sha256: str, *, levels: int = 2) -> Path:
    """Where the content lies in a folder: ``<folder>/ab/cd/<sha256>``, one pair of letters a level.

    :raises ValueError: it is no SHA-256 (so that no name leads out of the folder).
    """
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256 in hexadecimal")
    pairs = (sha256[2 * level : 2 * level + 2] for level in range(levels))
    return Path(settings.MEDIA_ROOT).joinpath(folder, *pairs, sha256)


def incoming() -> Path:
    """The private folder of what is just arriving, made if need be."""
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class NewFile:
    """A file being written: it appears in its place under its hash, whole, or not at all."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(dir=incoming())
        self.path = Path(name)
        self._file = os.fdopen(handle, "wb")
        self._digest = hashlib.sha256()
        self.bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind: half a file is no use and takes room."""
        with contextlib.suppress(OSError):  # a full disk cannot take the rest of the buffer either
            self._file.close()
        self.path.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._digest.hexdigest()

    def write(self, content: bytes) -> int:
        """As files have it: the number of bytes written."""
        self._file.write(content)
        self._digest.update(content)
        self.bytes += len(content)
        return len(content)

    def flush(self) -> None:
        """Written when it is finished; a writer of archives asks for it after every part."""

    def finish(self) -> None:
        """Put what was written on disk; nothing more is written."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def keep(self, place: Callable[[str], Path]) -> str:
        """Finish, and move the file to the place of its hash; return the hash."""
        self.finish()
        keep(self.path, place(self.sha256))
        return self.sha256


def write_incoming(chunks: Iterable[bytes], most: int) -> tuple[Path, str, int]:
    """Stream to a private temporary file: (path, sha256, bytes). Stops after ``most`` + 1 bytes.

    Nothing stays behind when it fails: no room on the disk, or a sender who is gone.
    """
    new, total = NewFile(), 0
    try:
        for chunk in chunks:
            total += len(chunk)
            if total > most:
                break
            new.write(chunk)
        new.finish()
    except BaseException:
        new.discard()
        raise
    return new.path, new.sha256, total


@contextlib.contextmanager
def holding(sha256: str) -> Iterator[None]:
    """Nobody else keeps or removes a file of that content meanwhile, in any process.

    Whoever keeps a file holds it until the row that names it is committed; whoever removes one looks for
    such a row while holding it. Never inside a transaction that has written: the other may wait for it.
    """
    folder = Path(settings.MEDIA_ROOT) / LOCKS
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / sha256[:2]).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if bucket.address() is None or connection.vendor != "postgresql":
            yield
            return
        # Other hosts have other disks: the database they share holds them off, until the row is committed.
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_number(sha256)])
            yield


def _lock_number(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)


def keep(temporary: Path, target: Path) -> None:
    """Move into place so that after a power cut the file is there whole or not at all.

    With a bucket it is there first. :raises StoreAway: nothing was kept.
    """
    _put(temporary, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(target)
    _sync_folders(target.parent)


def keep_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Write files that lie beside each other to disk and move them into place; one folder for all."""
    folder = moves[0][1].parent
    folder.mkdir(parents=True, exist_ok=True)
    for temporary, target in moves:
        _put(temporary, target)
        _sync(temporary)
        temporary.replace(target)
    _sync_folders(folder)


def _put(temporary: Path, target: Path) -> None:
    if bucket.address() is not None:
        bucket.put(key_of(target), temporary, hash_of(temporary))


def key_of(path: Path) -> str:
    """The name in the bucket of what lies at a place: the same below ``MEDIA_ROOT``."""
    return path.relative_to(settings.MEDIA_ROOT).as_posix()


def hash_of(path: Path) -> str:
    """The SHA-256 of a file of this disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folders(folder: Path) -> None:
    """The names in ``folder``, and the folders above that may just have been made.

    What lies two levels up is seldom new: this process writes its name to disk once.
    """
    _sync(folder)
    _sync(folder.parent)
    for above in (folder.parent, folder.parent.parent):
        if above not in _ON_DISK:
            _sync(above.parent)
            _ON_DISK.add(above)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
