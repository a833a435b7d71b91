"""A file that arrives in pieces, of which any host may take the next one: objects of the bucket until it is whole.

Each piece is an object named by the byte it begins with. Two requests with the same piece write the same object, and
what is here is what lies without a gap from the first byte on; that it is what was sent says its SHA-256 in the end.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from jitasa.files import bucket
from jitasa.files.store import write_incoming

DIGITS = 12


def together() -> bool:
    """Whether hosts share no disk, so that what arrives must be where all of them find it."""
    return bucket.address() is not None


def size(name: str) -> int:
    """How many bytes are here. :raises StoreAway:"""
    return sum(length for _key, length in _pieces(name))


def add(name: str, start: int, data: bytes) -> int:
    """Put a piece that begins at ``start``, where ``size`` ends; how many bytes are here now. :raises StoreAway:"""
    path, sha256, length = write_incoming([data], len(data))
    try:
        bucket.put(f"{name}/{start:0{DIGITS}}", path, sha256)
    finally:
        path.unlink(missing_ok=True)
    return start + length


@contextmanager
def content(name: str) -> Iterator[Any]:
    """All that is here, as one file. :raises FileNotFoundError: nothing is. :raises StoreAway:"""
    with tempfile.TemporaryFile() as file:
        found = [key for key, _length in _pieces(name)]
        if not found:
            raise FileNotFoundError(name)
        for key in found:
            file.writelines(bucket.read(key))
        file.seek(0)
        yield file


def forget(name: str) -> None:
    """:raises StoreAway:"""
    for key, _length, _at in bucket.objects(name):
        bucket.delete(key)


def begun(folder: str) -> dict[str, datetime]:
    """Every file that is arriving in a folder, and when its newest piece came. :raises StoreAway:"""
    found: dict[str, datetime] = {}
    for key, _length, at in bucket.objects(folder):
        name = key.rpartition("/")[0]
        found[name] = max(at, found.get(name, at))
    return found


def _pieces(name: str) -> list[tuple[str, int]]:
    """Those that lie without a gap, in their order; what an interrupted client left between is not among them."""
    here, found = 0, []
    for key, length, _at in sorted(bucket.objects(name)):
        if int(key.rpartition("/")[2]) == here:
            found.append((key, length))
            here += length
    return found
