"""Writers of one SQLite file take turns: who waits for another's transaction asks again every few milliseconds.

SQLite itself asks ever more seldom, in the end ten times a second. Beside others who begin one transaction
after another that leaves a waiter behind for seconds: of six writers one waited 1.9 s, the same six 0.15 s
when each asks again soon, and a seventh more was written (docs/adr/0151).
"""

import random
import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

BEGIN = "BEGIN IMMEDIATE"
SHORTEST_WAIT, LONGEST_WAIT = 0.001, 0.004  # seconds between two askings, by chance: no two keep in step


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django loads for ``ENGINE = "jitasa.sqlite"``."""

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 (Django's signature)
        return self.connection.cursor(factory=Cursor)


class Cursor(base.SQLiteCursorWrapper):
    def execute(self, query: str, params: Any = None) -> Any:
        if query == BEGIN:
            return self._begin()
        return super().execute(query, params)

    def _begin(self) -> Any:
        """Begin to write, as soon as the file is free.

        :raises sqlite3.OperationalError: somebody else wrote longer than the connection's ``busy_timeout``.
        """
        raw = self.connection
        patience: int = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout=0")
        until = time.monotonic() + patience / 1000
        try:
            while True:
                try:
                    return super().execute(BEGIN)
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() >= until:
                        raise
                time.sleep(random.uniform(SHORTEST_WAIT, LONGEST_WAIT))  # noqa: S311 (no secret)
        finally:
            raw.execute(f"PRAGMA busy_timeout={patience}")
