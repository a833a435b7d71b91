"""The picture worker: takes pending pictures in a fair order and keeps every core decoding.

The rows themselves are the queue, so that nothing can be lost between an upload and a job. A picture
somebody waits for goes before bulk ones; within each, offices take turns, so that one office's 10,000
pictures never hold up another's four. A claim ends by itself when its worker is gone.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from jitasa.photos.decoder import Decoder
from jitasa.photos.models import Blur, Photo, PhotoState
from jitasa.photos.services.prepare import DecoderBroken, Job, begin, finish

log = logging.getLogger(__name__)

CLAIM = timedelta(seconds=30)
RENEW_SECONDS = 10.0
AGAIN_AFTER = timedelta(seconds=30)
# Pictures claimed ahead for each core: more would make those who come next wait behind them.
AHEAD = 3
IDLE_SECONDS = 0.3


def claim(*, most: int, now: datetime) -> list[Photo]:
    """Take up to ``most`` pending pictures for this process until ``now`` + ``CLAIM``, fairest first."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    turn = Window(RowNumber(), partition_by=[F("bulk"), F("asked_by")], order_by=F("pk").asc())
    pending = Photo.objects.filter(free, state=PhotoState.PENDING)
    order = list(pending.order_by("bulk", turn, "pk").values_list("pk", flat=True)[: most * 4])
    if not order:
        return []
    with transaction.atomic():
        rows = pending.filter(pk__in=order).select_for_update(skip_locked=True, of=("self",), no_key=True)
        found = {photo.pk: photo for photo in rows}
        taken = [found[pk] for pk in order if pk in found][:most]
        Photo.objects.filter(pk__in=[photo.pk for photo in taken]).update(claimed_until=now + CLAIM)
    return taken


class Pipeline:
    """Decodes as many pictures at once as there are cores; publishes from the one thread that has the database."""

    def __init__(self, *, lanes: int | None = None, clock: Callable[[], datetime] = timezone.now) -> None:
        self._lanes = lanes or os.cpu_count() or 1
        self._clock = clock
        self._decoder = Decoder()
        self._waiting: deque[Job] = deque()
        self._working: dict[int, Job] = {}
        self._renew_at = time.monotonic() + RENEW_SECONDS

    def run(self, stop: Callable[[], bool]) -> None:
        """Work until ``stop()`` says so; what is not finished then is free for the next worker."""
        try:
            while not stop():
                if not self.step(IDLE_SECONDS):
                    time.sleep(IDLE_SECONDS)
        finally:
            self.close()

    def drain(self) -> int:
        """Make everything that is pending now; returns the number finished."""
        finished = 0
        try:
            while self.step(IDLE_SECONDS):
                finished += self.finished
            return finished
        finally:
            self.close()

    def step(self, patience: float) -> bool:
        """Fill the lanes, wait up to ``patience`` seconds for outcomes, publish; whether there was work."""
        self.finished = 0
        self._fill()
        if not self._working:
            return False
        for outcome in self._decoder.wait(patience):
            job = self._working.pop(outcome.order_id)
            self._fill_lanes()  # the decoder works on while this one is published
            try:
                finish(job, outcome)
                self.finished += 1
            except (DecoderBroken, OSError):
                log.exception("picture %s could not be made and is tried again", job.photo)
                self._postpone(job)
        self._renew()
        return True

    def close(self) -> None:
        """End the decoder and give back what was claimed."""
        self._decoder.close()
        jobs = [*self._waiting, *self._working.values()]
        self._waiting.clear()
        self._working.clear()
        for job in jobs:
            job.folder.cleanup()
        if jobs:
            mine = Photo.objects.filter(pk__in=[job.photo.pk for job in jobs], state=PhotoState.PENDING)
            mine.update(claimed_until=None)

    def _fill(self) -> None:
        if len(self._waiting) < self._lanes:
            photos = claim(most=self._lanes * AHEAD - len(self._waiting), now=self._clock())
            areas: dict[int, list[Blur]] = {}
            for row in Blur.objects.filter(photo__in=photos, undone_at=None).order_by("pk") if photos else []:
                areas.setdefault(row.photo_id, []).append(row)
            self._waiting.extend(begin(photo, areas.get(photo.pk, [])) for photo in photos)
        self._fill_lanes()

    def _fill_lanes(self) -> None:
        while self._waiting and len(self._working) < self._lanes:
            job = self._waiting.popleft()
            try:
                order = job.order()
            except OSError:
                log.exception("picture %s could not be fetched and is tried again", job.photo)
                self._postpone(job)
                job.folder.cleanup()
                continue
            self._working[self._decoder.submit(order)] = job

    def _renew(self) -> None:
        """Keep what is claimed and not finished."""
        if time.monotonic() < self._renew_at:
            return
        self._renew_at = time.monotonic() + RENEW_SECONDS
        mine = [job.photo.pk for job in (*self._waiting, *self._working.values())]
        Photo.objects.filter(pk__in=mine, state=PhotoState.PENDING).update(
            claimed_until=self._clock() + CLAIM
        )

    def _postpone(self, job: Job) -> None:
        """Not at once again: what is wrong with the machine may pass."""
        again = Photo.objects.filter(pk=job.photo.pk, state=PhotoState.PENDING)
        again.update(claimed_until=self._clock() + AGAIN_AFTER)
