"""A kept connection is looked at before each request: by its socket, not by a statement of its own.

A server that went away, was restarted or ended the connection has closed it or has written why: then there
is something to read although nothing was asked, and Django's own look (``SELECT 1``) decides. A network that
swallows everything is found by neither, but by the time limits of the connection (``config.database_settings``).

After an error the look also asks whether the server still takes writes: one that no longer is the writable one of
several hosts (docs/adr/0148) keeps its connections, and every writer would meet the same refusal again.
"""

import math
import select
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base
from django.db.utils import Error as DatabaseError

from jitasa.postgresql import reading, standby
from jitasa.postgresql.cursors import FromReplica, OnItsOwn
from jitasa.postgresql.schema import SchemaEditor

READING = frozenset({"standby", "prefer-standby", "read-only"})


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django loads for ``ENGINE = "jitasa.postgresql"``.

    ``prepared``: names of the statements that this connection has prepared (``jitasa.compiled``).
    """

    SchemaEditorClass = SchemaEditor
    prepared: set[str]
    waits_within_bounds = True

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.prepared = set()
        several, pooled = "," in conn_params.get("host", ""), bool(self.settings_dict.get("POOLED"))
        choose = self._chosen_by_asking if several and pooled else super().get_new_connection
        found = choose(conn_params)
        if self.waits_within_bounds and not self.only_reads:
            seconds = self.settings_dict.get("STANDBY_SECONDS", math.inf)
            found.wait = standby.bounded(found, seconds, self._asked_elsewhere, pooled=pooled)
        return found

    def _asked_elsewhere(self, sql: str, values: Any) -> Any:
        """The row that a connection of its own gives while this one waits."""
        own = self.copy()
        own.waits_within_bounds = False
        try:
            own.connect()
            return own.connection.execute(sql, values).fetchone()
        finally:
            own.close()

    def _commit(self) -> None:
        if self.connection is not None:
            with self.wrap_database_errors:
                standby.before_the_end(self.connection)
        super()._commit()  # type: ignore[misc]  # the library's own step

    def _chosen_by_asking(self, conn_params: dict[str, Any]) -> Any:
        """Of several poolers the first whose server is what the address asks for, usually one that takes writes.

        A pooler tells what its server said when it was met first, also after it has died or was promoted: so each is
        asked, and the library's own choice (``target_session_attrs``) is left out.
        """
        choice = conn_params.pop("target_session_attrs", "read-write")
        hosts, ports = conn_params["host"].split(","), str(conn_params.get("port", "")).split(",")
        places = list(zip(hosts, ports if len(ports) == len(hosts) else ports * len(hosts), strict=True))
        error: Exception = psycopg.OperationalError("none of the hosts is as the address asks")
        for is_wanted in CHOICES[choice]:
            for host, port in places:
                try:
                    found = super().get_new_connection({**conn_params, "host": host, "port": port})
                    if is_wanted(found):
                        found.rollback()
                        return found
                    found.close()
                except psycopg.OperationalError as met:
                    error = met
        raise error

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or self.in_atomic_block or _says_something(self.connection.pgconn.socket):
            return bool(super().is_usable()) and (self.only_reads or self._still_takes_writes())
        return True

    def reads_from_replica(self) -> bool:
        """Whether what is asked now goes to the replica: never inside a transaction, nor after one in a request."""
        if self.alias != DEFAULT_DB_ALIAS or not reading.reads():
            return False
        if self.in_atomic_block:
            reading.primary_from_now_on()
            return False
        return True

    def cursor(self) -> Any:
        usual = super().cursor
        return self._of_replica("cursor", usual) if self.reads_from_replica() else usual()

    def chunked_cursor(self) -> Any:
        usual = self._chunked_cursor
        return self._of_replica("chunked_cursor", usual) if self.reads_from_replica() else usual()

    def _of_replica(self, kind: str, usual: Callable[[], Any]) -> Any:
        try:
            return FromReplica(getattr(connections[reading.REPLICA], kind)(), usual)
        except DatabaseError:
            reading.BEHIND.lost()
            reading.primary_from_now_on()
            return usual()

    def _chunked_cursor(self) -> Any:
        """A cursor for more rows than memory should hold.

        Behind a pooler it lives no longer than a transaction. Outside of one it gets a transaction of its own, on a
        connection of its own, so that the reader may go on asking and writing meanwhile (docs/adr/0148).
        """
        if self.in_atomic_block or not self.settings_dict.get("POOLED"):
            return super().chunked_cursor()
        own = self.copy()
        own.inc_thread_sharing()  # a stream may be ended by another thread than its maker
        own.set_autocommit(False)
        return OnItsOwn(base.DatabaseWrapper.chunked_cursor(own).cursor, own)

    @property
    def only_reads(self) -> bool:
        """Whether the address asks for a server that need not take writes."""
        return self.settings_dict["OPTIONS"].get("target_session_attrs") in READING

    def _still_takes_writes(self) -> bool:
        try:
            return _takes_writes(self.connection)
        except psycopg.Error:
            return False


def _takes_writes(connection: Any) -> bool:
    return bool(connection.execute("SHOW transaction_read_only").fetchone() == ("off",))


def _takes_no_writes(connection: Any) -> bool:
    return not _takes_writes(connection)


def _stands_by(connection: Any) -> bool:
    return bool(connection.execute("SELECT pg_is_in_recovery()").fetchone()[0])


def _is_primary(connection: Any) -> bool:
    return not _stands_by(connection)


def _any(_connection: Any) -> bool:
    return True


CHOICES: dict[str, tuple[Callable[[Any], bool], ...]] = {  # one after the other, until a host is found
    "any": (_any,),
    "read-write": (_takes_writes,),
    "read-only": (_takes_no_writes,),
    "primary": (_is_primary,),
    "standby": (_stands_by,),
    "prefer-standby": (_stands_by, _any),
}


def _says_something(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
