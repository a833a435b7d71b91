"""Remove what a killed process left among the incoming files. The worker calls ``sweep`` every minute or so."""

import contextlib
import shutil
from datetime import datetime, timedelta

from jitasa.photos import store

FORGOTTEN_AFTER = timedelta(hours=1)  # longer than any upload or preparation takes


def sweep(now: datetime) -> int:
    """Remove uploads that were cut off by a kill and are an hour old. Return the number removed."""
    before = (now - FORGOTTEN_AFTER).timestamp()
    removed = 0
    for path in store.incoming().iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
    return removed
