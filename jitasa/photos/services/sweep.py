"""Take up what a killed process dropped. The worker calls ``sweep`` every minute or so."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from jitasa.photos import store
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.prepare import WALL_SECONDS, enqueue
from jitasa.photos.tasks import prepare

# A job cannot run longer than its decoder may; then the worker that had it is dead.
DEAD_AFTER = timedelta(seconds=WALL_SECONDS * 2)
ASK_AGAIN_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Swept:
    """How many jobs of dead workers were closed, pictures asked for again, stray files removed."""

    jobs: int = 0
    photos: int = 0
    files: int = 0


def sweep(now: datetime) -> Swept:
    """Close jobs whose worker died, ask again for pictures nobody is making, remove stray uploads."""
    dead = _jobs("RUNNING").filter(started_at__lt=now - DEAD_AFTER)
    jobs = dead.update(status="FAILED", finished_at=now, traceback="worker died")
    waited = Photo.objects.filter(state=PhotoState.PENDING, created_at__lt=now - ASK_AGAIN_AFTER)
    queued = {
        (row["args"] or [None])[0]
        for row in _jobs("READY", "RUNNING").values_list("args_kwargs", flat=True).iterator()
    }
    lost = [photo for photo in waited.order_by("pk")[: MOST_AT_ONCE + len(queued)] if photo.pk not in queued]
    for photo in lost[:MOST_AT_ONCE]:
        enqueue(photo)
    return Swept(jobs=jobs, photos=len(lost[:MOST_AT_ONCE]), files=_remove_stray_files(now))


def _jobs(*statuses: str) -> QuerySet[DBTaskResult[Any, Any]]:
    return DBTaskResult.objects.filter(task_path=prepare.module_path, status__in=statuses)


def _remove_stray_files(now: datetime) -> int:
    """Uploads that were cut off by a kill stay in ``incoming`` until they are a day old."""
    before = (now - FORGOTTEN_AFTER).timestamp()
    removed = 0
    for path in store.incoming().iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
    return removed
