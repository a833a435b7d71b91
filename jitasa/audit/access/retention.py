"""Compress files of past days and remove those whose time is over."""

import gzip
import os
import shutil
from datetime import datetime, timedelta

from django.conf import settings

from jitasa.audit.access.files import LogFile, files, folder
from jitasa.audit.access.reading import oldest_kept
from jitasa.thai.dates import today

# A process may still finish a line around midnight: yesterday's files wait a day.
COMPRESSED_AFTER = timedelta(days=2)
ABANDONED_AFTER = timedelta(hours=6)


def tend_access_log(*, now: datetime) -> None:
    """Remove files older than ``JITASA_ACCESS_LOG_DAYS`` full days; compress one past file a call."""
    oldest = oldest_kept(now, settings.ACCESS_LOG_DAYS)
    kept = []
    for file in files():
        if file.day < oldest:
            file.path.unlink(missing_ok=True)
        else:
            kept.append(file)
    past = [file for file in kept if file.path.suffix != ".gz" and file.day <= today(now) - COMPRESSED_AFTER]
    if past:
        _compress(past[0])
    for draft in folder().glob(".access-*") if folder().is_dir() else []:
        if now.timestamp() - draft.stat().st_mtime > ABANDONED_AFTER.total_seconds():
            draft.unlink(missing_ok=True)


def _compress(file: LogFile) -> None:
    """Whole or not at all; two workers at once make the same file."""
    draft = file.path.with_name(f".{file.name}.{os.getpid()}")
    with file.path.open("rb") as source, gzip.open(draft, "wb", compresslevel=6) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(file.path.with_name(f"{file.name}.gz"))
    file.path.unlink(missing_ok=True)
