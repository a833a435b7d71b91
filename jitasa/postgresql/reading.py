"""Whether this thread reads from the replica just now, and whether the replica may be read at all.

The middleware (``config.replica``) says when a request only reads; the backend (:mod:`.base`) then asks the replica
outside of transactions. How far it is behind is told by :class:`Behind`, which compares positions in the primary's
log: no clock of another machine is believed, and no special right is needed.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

REPLICA = "replica"  # in ``DATABASES``
MOST_BEHIND = 10.0  # seconds; what is further behind is not read
STALE = 10.0  # seconds after which nobody knows any longer how far it is behind
POSITION = (
    "SELECT pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
    " ELSE pg_current_wal_lsn() END, '0/0')"
)


class _Thread(threading.local):
    reads = False


_thread = _Thread()


def reads() -> bool:
    """Whether this thread is to read from the replica."""
    return _thread.reads and BEHIND.is_little()


@contextmanager
def replica(wanted: bool = True) -> Iterator[None]:
    """Inside, this thread reads from the replica, unless a transaction or something that it refuses comes between."""
    before, _thread.reads = _thread.reads, wanted
    try:
        yield
    finally:
        _thread.reads = before


def begin() -> None:
    """From now on, within the block that is under way."""
    _thread.reads = True


def primary_from_now_on() -> None:
    """What the rest of the request reads must not be older than what it has read or written there."""
    _thread.reads = False


class Behind:
    """How many seconds the replica is behind; noted every few seconds, asked by every request."""

    def __init__(self) -> None:
        self._written: deque[tuple[float, int]] = deque(maxlen=600)
        self._seconds: float | None = None
        self._noted = float("-inf")

    def note(self, at: float, written: int | None, replayed: int | None) -> None:
        """Where the primary's log ended and how far the replica had come; ``None``: it did not answer.

        While the primary does not answer, a replica that has everything known of is the newest there is.
        """
        if written is not None:
            self._written.append((at, written))
        self._noted = at
        self._seconds = None if replayed is None else self._behind(at, replayed)

    def _behind(self, at: float, replayed: int) -> float:
        if not self._written or self._written[-1][1] <= replayed:
            return 0.0
        reached = [moment for moment, position in self._written if position <= replayed]
        return at - max(reached, default=float("-inf"))

    def lost(self) -> None:
        """A request found it gone; nobody else need wait for it."""
        self._seconds = None

    def is_little(self) -> bool:
        seconds = self._seconds
        return seconds is not None and seconds <= MOST_BEHIND and time.monotonic() - self._noted < STALE

    def told(self) -> float | None:
        """For people and programs that watch: seconds; ``None`` while it does not answer."""
        seconds = self._seconds
        return None if seconds is None or seconds == float("inf") else round(seconds, 1)


BEHIND = Behind()
