"""The one way to a file that is kept: whoever reads, looks for, removes or lists one asks here (docs/adr/0147).

Without a bucket these are the questions of the disk. With one, ``MEDIA_ROOT`` is a cache of this host.
"""

import contextlib
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from jitasa.files import bucket
from jitasa.files.store import NewFile, hash_of, key_of
from jitasa.problems import StoreAway

log = logging.getLogger(__name__)
CHANGING = "published/"  # copies of pictures, made anew when a face is blurred; anything else never changes
FETCH_SECONDS = 120.0


def here(path: Path) -> Path | None:
    """The file of a place, brought to this host if need be; ``None`` where there is none.

    :raises StoreAway: nobody can say.
    """
    if bucket.address() is None:
        return path if path.is_file() else None
    if path.is_file():
        if not key_of(path).startswith(CHANGING):
            _used(path)
            return path
        stored = bucket.look(key_of(path))
        if stored is None:
            path.unlink(missing_ok=True)
            return None
        if stored.sha256 == hash_of(path):
            _used(path)
            return path
    return _fetched(path)


def at_hand(path: Path) -> Path | None:
    """For what goes on without it: a store that does not answer counts as no file."""
    try:
        return here(path)
    except StoreAway:
        return None


def _used(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.utime(path, (time.time(), path.stat().st_mtime))


def _fetched(path: Path) -> Path | None:
    key, until = key_of(path), time.monotonic() + FETCH_SECONDS
    stored = bucket.look(key)
    if stored is None:
        return None
    with NewFile() as new:
        try:
            for chunk in bucket.read(key):
                new.write(chunk)
                if time.monotonic() > until:
                    raise StoreAway("the file store is too slow")
        except FileNotFoundError:  # removed at this moment
            return None
        new.finish()
        if stored.sha256 and new.sha256 != stored.sha256:
            log.error("%s in the file store is damaged: its hash is %s", key, new.sha256)
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        new.path.replace(path)
    return path


def is_kept(path: Path) -> bool:
    """Whether it is kept for good. :raises StoreAway: nobody can say."""
    return path.is_file() if bucket.address() is None else bucket.look(key_of(path)) is not None


def size_of(path: Path) -> int:
    """Bytes; -1 where there is none. :raises StoreAway: nobody can say."""
    if bucket.address() is None:
        return path.stat().st_size if path.is_file() else -1
    stored = bucket.look(key_of(path))
    return stored.bytes if stored else -1


def may_be_there(path: Path) -> bool:
    """For a page that only offers it: while the store does not answer, what a row promises is believed."""
    if path.is_file():
        return True
    if bucket.address() is None:
        return False
    try:
        return bucket.look(key_of(path)) is not None
    except StoreAway:
        return True


def remove(path: Path) -> None:
    """Where it is kept first, then here. :raises StoreAway: it is still there."""
    if bucket.address() is not None:
        bucket.delete(key_of(path))
    path.unlink(missing_ok=True)


def must_answer() -> None:
    """Before an act that ends with removing files. :raises StoreAway:"""
    if bucket.address() is not None and not bucket.answers():
        raise StoreAway("the file store does not answer")


def older(folder: str, before: datetime) -> Iterator[Path]:
    """The places of a folder whose content was kept last before an instant."""
    root = Path(settings.MEDIA_ROOT)
    if bucket.address() is not None:
        yield from (root / key for key, kept_at in bucket.keys(folder) if kept_at < before)
        return
    for path in (root / folder).rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                yield path


def kept_hash(path: Path) -> str:
    """The SHA-256 of what is kept, read where it is kept. :raises FileNotFoundError: :raises OSError:"""
    if bucket.address() is None:
        return hash_of(path)
    digest = hashlib.sha256()
    for chunk in bucket.read(key_of(path)):
        digest.update(chunk)
    return digest.hexdigest()
