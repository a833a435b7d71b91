"""What a page does when the database is locked, slow or away: short waits, and a 503 that keeps what was typed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest

# PostgreSQL's errors (appendix A) in which asking again later may help: locks, time-outs, a server that is full, was
# ended or takes no writes (any longer).
PASSING = frozenset(
    {
        "55P03",
        "57014",
        "40P01",
        "40001",
        "57P01",
        "57P02",
        "57P03",
        "53300",
        "53200",
        "53100",
        "25P03",
        "25006",
    }
)
LOST = (
    "08"  # the class of errors of the connection itself, which a pooler between us and the server uses, too
)
BRIEF_MS = 200
WAITED_SECONDS = 1.0  # who has waited so long for a thread gets no second long wait for a lock …
HELD_SECONDS = 10.0  # … when somebody of this process was sent away so lately
_sent_away_at = float("-inf")


def is_passing(error: BaseException | None) -> bool:
    """Whether a database error (or what caused it) is a lock, a time-out or an absence, not a fault of ours."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | InternalError):
            if _passing(error, error.__cause__):
                return True
        elif _of_the_driver(error) and _passing(error, error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _of_the_driver(error: BaseException) -> bool:
    """What psycopg raises where Django's wrapping does not stand around it: a connection that is gone."""
    kinds = {each.__name__ for each in type(error).__mro__ if each.__module__.startswith("psycopg")}
    return bool(kinds & {"OperationalError", "InterfaceError", "InternalError"})


def _passing(error: BaseException, driver: BaseException | None) -> bool:
    state = getattr(driver, "sqlstate", None)
    if state is not None:
        return state in PASSING or state.startswith(LOST)
    if type(error).__name__ == "InternalError":
        return False
    text = str(error).lower()
    if "sqlite" in type(driver).__module__:
        return "locked" in text or "busy" in text
    return True  # PostgreSQL without a state: the connection could not be made, or was lost


@contextmanager
def brief_locks(milliseconds: int = BRIEF_MS) -> Iterator[None]:
    """Inside, wait at most so long for a lock: for what may as well be done another time."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        before = _set_busy_timeout(milliseconds)
        try:
            with transaction.atomic():
                yield
        finally:
            _set_busy_timeout(before)
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{milliseconds}ms"])
        yield


def done_if_free(act: Callable[[], object]) -> bool:
    """Do what a page only notes by the way. False: the database was busy, and nothing was done."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        act()
        return True
    try:
        with brief_locks():
            act()
    except (OperationalError, InterfaceError, InternalError) as error:
        if not is_passing(error):
            raise
        return False
    return True


def _set_busy_timeout(milliseconds: int) -> int:
    """SQLite's patience of this thread's connection; returns what it was. Not a statement of the product."""
    raw = connections[DEFAULT_DB_ALIAS].connection
    before = int(raw.execute("PRAGMA busy_timeout").fetchone()[0])
    raw.execute(f"PRAGMA busy_timeout={int(milliseconds)}")
    return before


def note_sent_away() -> None:
    """Somebody waited the whole time-out of a lock for nothing: it is held, or the database is away."""
    global _sent_away_at  # one number, replaced as a whole
    _sent_away_at = time.monotonic()


@contextmanager
def patience_left(request: HttpRequest) -> Iterator[None]:
    """A request that has already waited for a thread behind others in the same lock waits briefly itself.

    Otherwise a queue behind one held lock would need the whole time-out for each of its members. A queue
    alone is no reason: when many record at once, locks pass from hand to hand and everybody gets through.
    Behind a pooler a connection cannot be told: there the server's own limit holds for all.
    """
    arrived, now = request.META.get("jitasa.arrived"), time.monotonic()
    connection = connections[DEFAULT_DB_ALIAS]
    late = isinstance(arrived, float) and now - arrived > WAITED_SECONDS
    held = now - _sent_away_at < HELD_SECONDS
    if not (late and held) or connection.connection is None or connection.settings_dict.get("POOLED"):
        yield
        return
    before = _shorten(BRIEF_MS)
    try:
        yield
    finally:
        _lengthen(before)


def _shorten(milliseconds: int) -> int:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        return _set_busy_timeout(milliseconds)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{milliseconds}ms"])
    return 0


def _lengthen(before: int) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is None:
        return  # lost meanwhile; the next one begins with the usual settings
    if connection.vendor == "sqlite":
        _set_busy_timeout(before)
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
