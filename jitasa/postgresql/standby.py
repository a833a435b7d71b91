"""A synchronous standby that went away: who waits for it at the end of a transaction waits within bounds (docs/adr/0155).

No limit of PostgreSQL holds there: the transaction is done on the primary, nobody sees it yet, and its session waits
until a standby has it. So each wait for an answer is looked at from here. One that takes long is given up when the
server says that its session waits for the standby; from then on transactions that wrote are taken back before their
end, while those that were given up still wait. They are seen by everybody when the standby is there again.
"""

import logging
import time
from collections.abc import Callable, Generator
from typing import Any

import psycopg

log = logging.getLogger("jitasa.standby")
LONG_SECONDS = 2  # a standby that is well answers within milliseconds
WAITING = f"""EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()
  AND (pid = %(pid)s OR (%(pid)s::int IS NULL AND state_change < clock_timestamp() - interval '{LONG_SECONDS} s')))"""
IS_WAITING = f"SELECT {WAITING}"
WROTE_AND_IS_WAITING = f"SELECT pg_current_xact_id_if_assigned() IS NOT NULL, {WAITING}"
# Everybody may know how many follow, and of sessions of her own name what they wait for.
IS_AWAY = f"""SELECT CASE WHEN current_setting('synchronous_standby_names') <> '' AND NOT pg_is_in_recovery()
  THEN {WAITING} OR NOT EXISTS (SELECT FROM pg_stat_replication) END"""  # noqa: S608 (nothing of anybody's)
ANYBODY = {"pid": None}


class StandbyAway(psycopg.OperationalError):
    """What was sent may or may not be there when the standby is; sent again it is the same."""


class Standby:
    """Whether this process has found that transactions do not come to their end."""

    def __init__(self) -> None:
        self.is_away = False

    def lost(self) -> None:
        if not self.is_away:
            log.error("no synchronous standby answers: what is written is refused until one does")
        self.is_away = True

    def found(self) -> None:
        log.warning("the synchronous standby answers again")
        self.is_away = False


STANDBY = Standby()


def bounded(
    connection: Any, seconds: float, ask: Callable[[str, Any], Any], *, pooled: bool
) -> Callable[..., Any]:
    """``connection.wait`` as it should be: after ``seconds`` it asks (elsewhere) what is waited for."""
    usual = connection.wait
    whose = ANYBODY if pooled else {"pid": connection.pgconn.backend_pid}

    def given_up() -> bool:
        try:
            return bool(ask(IS_WAITING, whose)[0])
        except psycopg.Error:
            return False  # the limits of the connection itself decide

    def looked_at(steps: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        due = time.monotonic() + seconds
        try:
            wanted = next(steps)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() >= due:
                    if given_up():
                        STANDBY.lost()
                        connection.close()
                        raise StandbyAway(
                            "the end of the transaction waits for a standby that does not answer"
                        )
                    due = time.monotonic() + seconds
                wanted = steps.send(ready)
        except StopIteration as end:
            return end.value

    def wait(steps: Generator[Any, Any, Any], *given: Any, **named: Any) -> Any:
        return usual(looked_at(steps), *given, **named)

    return wait


def before_the_end(connection: Any) -> None:
    """:raises StandbyAway: the transaction wrote, and others wait without end for the standby already"""
    if not STANDBY.is_away or connection.info.transaction_status != psycopg.pq.TransactionStatus.INTRANS:
        return
    wrote, waiting = connection.execute(WROTE_AND_IS_WAITING, ANYBODY).fetchone()
    if wrote and waiting:
        raise StandbyAway("others wait for a standby that does not answer; nothing was changed")
    if not waiting:
        STANDBY.found()
