"""Two database hosts in one address: the writable one is found anew when the old one is gone or takes no writes."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from jitasa.config.database_settings import database, replica
from jitasa.config.tests.clusters import Cluster, url_of
from jitasa.config.tests.served import wait_until
from jitasa.postgresql import reading
from jitasa.postgresql.base import DatabaseWrapper
from jitasa.ui.database import is_passing

pytestmark = pytest.mark.postgresql


@pytest.fixture
def hosts() -> Iterator[tuple[Cluster, Cluster]]:
    with tempfile.TemporaryDirectory(prefix="jitasa-hosts-") as folder:
        Path(folder).chmod(0o755)
        primary, standby = Cluster(Path(folder) / "one"), Cluster(Path(folder) / "two")
        if not (primary.bin / "pg_basebackup").exists():
            pytest.skip("this PostgreSQL has no pg_basebackup")
        try:
            primary.make()
            standby.copy(primary)
            yield primary, standby
        finally:
            standby.stop()
            primary.stop()


@pytest.fixture
def writer(
    hosts: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[DatabaseWrapper]:
    """A connection of the product; the standby stands first in its address."""
    monkeypatch.setenv("TWO_HOSTS", url_of(hosts[1], hosts[0]))
    connection = ConnectionHandler({"default": database("TWO_HOSTS", Path())})["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.inc_thread_sharing()
    with django_db_blocker.unblock():
        writes(connection, "CREATE TABLE noted (word text)")
        yield connection
        connection.close()


@pytest.fixture
def reader(
    hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DatabaseWrapper]:
    """The same connection, and the standby beside it as the replica."""
    monkeypatch.setenv("A_REPLICA", hosts[1].url)
    entry = replica("A_REPLICA", writer.settings_dict)
    given = ConnectionHandler({"default": writer.settings_dict, reading.REPLICA: entry})
    monkeypatch.setitem(connections.databases, reading.REPLICA, given.databases[reading.REPLICA])
    monkeypatch.setattr(reading, "BEHIND", reading.Behind())
    reading.BEHIND.note(time.monotonic(), 5, 5)
    yield writer
    connections[reading.REPLICA].close()
    del connections[reading.REPLICA]


def asked(connection: DatabaseWrapper, sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return row and row[0]


def writes(connection: DatabaseWrapper, sql: str) -> None:
    """What one request does."""
    connection.close_if_unusable_or_obsolete()
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    finally:
        connection.close_if_unusable_or_obsolete()


def is_told_to_come_again(connection: DatabaseWrapper, sql: str) -> bool:
    with pytest.raises(DatabaseError) as refused:
        writes(connection, sql)
    return is_passing(refused.value)


def test_a_primary_that_died(hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper) -> None:
    primary, standby = hosts
    writes(writer, "INSERT INTO noted VALUES ('before')")
    primary.kill()
    assert is_told_to_come_again(writer, "INSERT INTO noted VALUES ('lost')")
    standby.promote()
    writes(writer, "INSERT INTO noted VALUES ('after')")
    assert standby.says("SELECT string_agg(word, ' ' ORDER BY word) FROM noted") == "after before"


def test_a_primary_that_takes_no_writes_any_longer(
    hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper
) -> None:
    primary, standby = hosts
    primary.says("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    standby.promote()
    assert is_told_to_come_again(writer, "INSERT INTO noted VALUES ('refused')")
    writes(writer, "INSERT INTO noted VALUES ('after')")
    assert standby.says("SELECT word FROM noted") == "after"


STANDBY = "SELECT pg_is_in_recovery()"


def test_what_only_reads_is_asked_of_the_replica(reader: DatabaseWrapper) -> None:
    assert asked(reader, STANDBY) is False
    with reading.replica():
        assert asked(reader, STANDBY) is True
        with reader.chunked_cursor() as rows:
            rows.execute("SELECT pg_is_in_recovery() FROM generate_series(1, 5000)")
            assert set(rows.fetchmany(2000)) == {(True,)}
    assert asked(reader, STANDBY) is False


def test_a_write_and_all_that_follows_is_the_primarys(reader: DatabaseWrapper) -> None:
    with reading.replica():
        writes(reader, "INSERT INTO noted VALUES ('from a page')")
        assert asked(reader, STANDBY) is False
        assert asked(reader, "SELECT word FROM noted") == "from a page"


def test_a_transaction_is_the_primarys(reader: DatabaseWrapper) -> None:
    with reading.replica():
        reader.in_atomic_block = True
        try:
            assert asked(reader, STANDBY) is False
        finally:
            reader.in_atomic_block = False
        assert asked(reader, STANDBY) is False


def test_a_replica_that_died_is_noticed_by_nobody(
    hosts: tuple[Cluster, Cluster], reader: DatabaseWrapper
) -> None:
    with reading.replica():
        assert asked(reader, STANDBY) is True
        hosts[1].kill()
        assert asked(reader, STANDBY) is False
    with reading.replica():
        assert asked(reader, STANDBY) is False
    assert reading.BEHIND.told() is None


def test_how_far_it_is_behind_is_seen(hosts: tuple[Cluster, Cluster], reader: DatabaseWrapper) -> None:
    primary, standby = hosts
    wait_until(lambda: asked(reader, reading.POSITION) == standby.says(reading.POSITION), 10, "the standby")
    standby.says("SELECT pg_wal_replay_pause()")
    wait_until(lambda: standby.says("SELECT pg_get_wal_replay_pause_state()") == "paused", 10, "the pause")
    primary.says("INSERT INTO noted VALUES ('later') RETURNING 1")
    assert int(str(asked(reader, reading.POSITION))) > int(str(standby.says(reading.POSITION)))


def test_among_poolers_the_replica_is_the_standby_while_there_is_one(
    hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the program the servers themselves are poolers, of which each has to be asked."""
    primary, standby = hosts
    monkeypatch.setenv("JITASA_DATABASE_POOLED", "1")
    monkeypatch.setenv("A_REPLICA", url_of(primary, standby))
    found = ConnectionHandler({"default": replica("A_REPLICA", writer.settings_dict)})["default"]
    assert isinstance(found, DatabaseWrapper)
    assert asked(found, STANDBY) is True
    standby.kill()
    found.close()
    assert asked(found, STANDBY) is False
    found.close()
