"""What a host with a bucket keeps of it on its own disk: for a day at most, and no more than so many bytes."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from jitasa.files import bucket
from jitasa.files.reading import is_kept
from jitasa.problems import StoreAway

# The folders whose content is kept for good; what is just arriving is none of them.
KEPT = ("originals", "published", "letters", "occasions", "materials", "exports", "opendata")
UNUSED_SECONDS = 24 * 3600.0
IN_USE_SECONDS = 900.0


def files_here() -> Iterator[Path]:
    """Every kept file that lies on this disk, in the order of names."""
    for folder in KEPT:
        yield from (
            path for path in sorted((Path(settings.MEDIA_ROOT) / folder).rglob("*")) if path.is_file()
        )


def prune_cache() -> int:
    """Remove what nobody used for a day, then the longest unused until the rest fits; the number removed.

    Nothing goes that the bucket does not have: an installation may be moving into it.
    """
    if bucket.address() is None:
        return 0
    now, found = time.time(), []
    for path in files_here():
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            found.append((max(facts.st_atime, facts.st_mtime), facts.st_size, path))
    room, gone = settings.FILES_CACHE_BYTES - sum(size for _used, size, _path in found), 0
    for used, size, path in sorted(found):
        if now - used < IN_USE_SECONDS or (room >= 0 and now - used < UNUSED_SECONDS):
            break
        try:
            if is_kept(path):
                path.unlink(missing_ok=True)
                room, gone = room + size, gone + 1
        except StoreAway:
            break
    return gone
