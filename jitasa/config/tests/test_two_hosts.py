"""Two database hosts in one address: the writable one is found anew when the old one is gone or takes no writes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from jitasa.config.database_settings import database
from jitasa.config.tests.clusters import Cluster, url_of
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
