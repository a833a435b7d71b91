"""Cursors that are asked elsewhere: rows in pieces on a connection of their own, and what may be read from a replica."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper
from django.db.utils import DataError, IntegrityError, ProgrammingError

from jitasa.postgresql import reading

TOO_LONG = "57014"  # a statement that took longer than it may, and would do so again
ITS_OWN_FAULT = (DataError, IntegrityError, ProgrammingError)


class OnItsOwn(CursorWrapper):
    """A cursor that ends its connection with itself."""

    def close(self) -> None:
        self.db.close()


class FromReplica:
    """A cursor of the replica; what that refuses (a write) or is no longer there for is asked of the primary.

    Outside of transactions a statement that failed has done nothing, so it may be asked again.
    """

    def __init__(self, asked: Any, primary: Callable[[], Any]) -> None:
        self._asked, self._primary = asked, primary

    def execute(self, sql: Any, params: Any = None) -> Any:
        try:
            return self._asked.execute(sql, params)
        except DatabaseError as error:
            if not _is_of_the_replica(error):
                raise
            self._go_on_there(error)
        return self._asked.execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        self._go_on_there(None)  # only what writes is executed many times
        return self._asked.executemany(sql, param_list)

    def _go_on_there(self, error: DatabaseError | None) -> None:
        reading.primary_from_now_on()
        if error is not None and getattr(error.__cause__, "sqlstate", None) is None:
            reading.BEHIND.lost()
        self._asked.__exit__(None, None, None)  # as at the end of a block: how that goes does not matter
        self._asked = self._primary()

    def close(self) -> None:
        self._asked.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asked, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._asked)

    def __enter__(self) -> "FromReplica":
        return self

    def __exit__(self, *about: object) -> None:
        self._asked.__exit__(*about)


def _is_of_the_replica(error: DatabaseError) -> bool:
    """A write in a server that only reads, a conflict with what it replays, or its absence."""
    state = getattr(error.__cause__, "sqlstate", None)
    return not isinstance(error, ITS_OWN_FAULT) and state != TOO_LONG
