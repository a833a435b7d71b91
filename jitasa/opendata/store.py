"""Where the pieces of published files lie: ``MEDIA_ROOT/opendata/ab/<sha256>``, written once, never changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from jitasa.files.reading import here, older
from jitasa.files.reading import remove as remove_kept
from jitasa.files.store import place_of

FOLDER = "opendata"
CHUNK = 256 * 1024


def path_of(sha256: str) -> Path:
    """The piece with that content. :raises ValueError: it is no SHA-256."""
    return place_of(FOLDER, sha256, levels=1)


def chunks(sha256: str) -> Iterator[bytes]:
    """A piece, a little at a time."""
    with (here(path_of(sha256)) or path_of(sha256)).open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def remove(hashes: Iterable[str]) -> None:
    """Delete these pieces."""
    for sha256 in hashes:
        remove_kept(path_of(sha256))


def remove_others(wanted: set[str], *, before: datetime) -> int:
    """Delete pieces written before an instant that nothing needs any more; returns how many."""
    gone = 0
    for path in older(FOLDER, before):
        if path.name not in wanted:
            remove_kept(path)
            gone += 1
    return gone
