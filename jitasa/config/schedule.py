"""What the scheduler does at each look: first looks at records at once, chores once a minute, by a believed clock."""

import logging
import time
from datetime import UTC, datetime

from django.db import close_old_connections

from jitasa.clock import Clock, Now, expected
from jitasa.config.upkeep import upkeep
from jitasa.heartbeat import Heart, boot, last, since_boot
from jitasa.review.services.flag import flag_pending

log = logging.getLogger("jitasa.scheduler")
UPKEEP_SECONDS = 60.0
FIRST_LOOK_SECONDS = 2.0  # a reviewer who waits for the first look at a record waits about so long
FIRST_LOOKS = 50  # in one go: a batch of 10,000 does not keep the chores waiting


class Schedule:
    """``look`` is called every second or so."""

    def __init__(self, name: str) -> None:
        self._heart = Heart(name)
        self._clock = Clock(last(name))
        self._due = self._looks_due = 0.0
        self._said = False

    def look(self) -> None:
        now = Now(time.time(), since_boot(), boot())
        if not self._clock.believed(now):
            self._refuse(now)
            return
        self._said = False
        self._heart.beat(doing="")
        if now.up >= self._looks_due:
            self._first_looks(now)
        if now.up < self._due:
            return
        self._due = now.up + UPKEEP_SECONDS
        self._heart.beat(doing="upkeep")
        close_old_connections()
        failed = upkeep(datetime.fromtimestamp(now.wall, UTC), believed=self._still_believed)
        self._heart.beat(doing="", failed=failed)

    def _first_looks(self, now: Now) -> None:
        """What was sent a moment ago is looked at for flags; what is too much for now, two seconds later."""
        self._looks_due = now.up + FIRST_LOOK_SECONDS
        close_old_connections()
        try:
            flag_pending(datetime.fromtimestamp(now.wall, UTC), limit=FIRST_LOOKS)
        except Exception:  # said once a minute; the chores try again, too
            self._looks_due = now.up + UPKEEP_SECONDS
            log.exception("the first look at records failed")

    def _still_believed(self) -> bool:
        return self._clock.believed(Now(time.time(), since_boot(), boot()))

    def _refuse(self, now: Now) -> None:
        """Say it once in the log, and at every beat; the reference stays what was believed last."""
        reference = self._clock.reference
        if not self._said:
            log.error(
                "the clock jumped by %.0f s; nothing is done by it until it is back, or until "
                "'jitasa scheduler --accept-clock'",
                self._clock.jumped,
            )
            self._said = True
        due = expected(reference, now) if reference is not None else None
        at = due if due is not None else reference.at if reference is not None else now.wall
        self._heart.beat_believing(at, jumped=self._clock.jumped)
