"""Whether the machine's clock may be believed: compared with one that nobody can set.

A clock set far ahead for a minute would open rounds, end sessions and clear what is kept for a time.
The scheduler's last sign of life says what time it was and how long the machine had been up; from both
follows what time it ought to be. A jump is refused until the clock is back, until an operator accepts it
(``jitasa scheduler --accept-clock``), or until it has stood for an hour.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

from jitasa.heartbeat import Beat, boot, folder, since_boot

TOLERANCE = 10 * 60.0  # seconds a clock may be corrected at once
SETTLED = 60 * 60.0  # seconds after which a clock that stands is believed
OFF_AT_MOST = 45 * 24 * 3600.0  # a machine may have been switched off; longer than this is said and waited


@dataclass(frozen=True)
class Now:
    """One look at both clocks: ``wall`` seconds of the epoch, ``up`` seconds since the start ``boot``."""

    wall: float
    up: float
    boot: str


def expected(beat: Beat, now: Now) -> float | None:
    """The time it ought to be. ``None``: the machine was started anew since, anything later is possible."""
    if beat.boot != now.boot or not now.boot:
        return None
    return beat.at + (now.up - beat.since_boot)


def jump(beat: Beat | None, now: Now) -> float:
    """Seconds the clock has jumped since the last sign of life (negative: back); 0 within the tolerance."""
    if beat is None:
        return 0.0
    due = expected(beat, now)
    if due is None:
        gone = now.wall - beat.at
        return gone if gone < -TOLERANCE or gone > OFF_AT_MOST else 0.0
    return now.wall - due if abs(now.wall - due) > TOLERANCE else 0.0


class Clock:
    """Decides at each look; keeps the last believed sign of life as the reference while the clock is off."""

    def __init__(self, reference: Beat | None) -> None:
        self.reference = reference
        self.jumped = 0.0
        self._since: tuple[float, float] | None = None  # up and wall when this jump was first seen

    def believed(self, now: Now) -> bool:
        """Whether what depends on the time may be done."""
        self.jumped = jump(self.reference, now)
        if not self.jumped or _accepted(now):
            return self._settle(now)
        if self._since is None or abs((now.wall - self._since[1]) - (now.up - self._since[0])) > TOLERANCE:
            self._since = (now.up, now.wall)
        if now.up - self._since[0] >= SETTLED:
            return self._settle(now)
        return False

    def _settle(self, now: Now) -> bool:
        self.reference = Beat("", "", 0, 0.0, now.wall, now.boot, now.up, {})
        self.jumped, self._since = 0.0, None
        return True


def _mark() -> Path:
    return folder() / "clock-accepted"


def accept_clock() -> None:
    """The operator says that the clock is right: for all processes, within an hour by that clock."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    _mark().write_text(str(time.time()), "ascii")


def _accepted(now: Now) -> bool:
    try:
        return -TOLERANCE <= now.wall - float(_mark().read_text("ascii")) <= SETTLED
    except (OSError, ValueError):
        return False


_watched: list[Clock] = []


def watch() -> None:
    """From now on ``steady_now`` of this process does not follow a clock that jumps."""
    _watched[:] = [Clock(None)]
    steady_now()


def steady_now() -> datetime:
    """The time by which sessions end: the clock's, or what it ought to be after a jump.

    Only a process that asked for it (``watch``) compares; elsewhere it is the time of day.
    """
    given = timezone.now()
    if not _watched:
        return given
    clock, now = _watched[0], Now(given.timestamp(), since_boot(), boot())
    if clock.believed(now) or clock.reference is None:
        return given
    due = expected(clock.reference, now)
    return given if due is None else datetime.fromtimestamp(due, UTC)
