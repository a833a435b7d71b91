"""A kept connection is looked at before each request: by its socket, not by a statement of its own.

A server that went away, was restarted or ended the connection has closed it or has written why: then there
is something to read although nothing was asked, and Django's own look (``SELECT 1``) decides. A network that
swallows everything is found by neither.
"""

import select
from typing import Any

from django.db.backends.postgresql import base


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
        if self.in_atomic_block or _says_something(self.connection.pgconn.socket):
            return bool(super().is_usable())
        return True


def _says_something(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
