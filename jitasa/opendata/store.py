"""Where the pieces of published files lie: ``MEDIA_ROOT/opendata/ab/<sha256>``, written once, never changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from jitasa.files.store import place_of

CHUNK = 256 * 1024


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "opendata"


def path_of(sha256: str) -> Path:
    """The piece with that content. :raises ValueError: it is no SHA-256."""
    return place_of("opendata", sha256, levels=1)


def chunks(sha256: str) -> Iterator[bytes]:
    """A piece, a little at a time."""
    with path_of(sha256).open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def remove(hashes: Iterable[str]) -> None:
    """Delete these pieces."""
    for sha256 in hashes:
        path_of(sha256).unlink(missing_ok=True)


def remove_others(wanted: set[str], *, before: datetime) -> int:
    """Delete pieces written before an instant that nothing needs any more; returns how many."""
    gone = 0
    for path in folder().glob("??/*") if folder().is_dir() else ():
        if path.name not in wanted and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
