"""A kept connection is looked at before each request: by its socket, not by a statement of its own.

A server that went away, was restarted or ended the connection has closed it or has written why: then there
is something to read although nothing was asked, and Django's own look (``SELECT 1``) decides. A network that
swallows everything is found by neither, but by the time limits of the connection (``config.database_settings``).

After an error the look also asks whether the server still takes writes: one that no longer is the writable one of
several hosts (docs/adr/0148) keeps its connections, and every writer would meet the same refusal again.
"""

import select
from typing import Any

from django.db.backends.postgresql import base

READING = frozenset({"standby", "prefer-standby", "read-only"})


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django loads for ``ENGINE = "jitasa.postgresql"``.

    ``prepared``: names of the statements that this connection has prepared (``jitasa.compiled``).
    """

    prepared: set[str]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.prepared = set()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or self.in_atomic_block or _says_something(self.connection.pgconn.socket):
            return bool(super().is_usable()) and (self.only_reads or self._takes_writes())
        return True

    @property
    def only_reads(self) -> bool:
        """Whether the address asks for a server that need not take writes."""
        return self.settings_dict["OPTIONS"].get("target_session_attrs") in READING

    def _takes_writes(self) -> bool:
        with self.wrap_database_errors:
            row = self.connection.execute("SHOW transaction_read_only").fetchone()
        return bool(row == ("off",))


def _says_something(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
