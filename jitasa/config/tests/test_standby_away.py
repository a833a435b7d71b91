"""A synchronous standby that goes away: nobody waits for it without end, and nothing is lost or doubled."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from jitasa.config.database_settings import database
from jitasa.config.tests.clusters import Cluster
from jitasa.config.tests.served import environment, get, wait_until, web_process
from jitasa.config.tests.test_two_hosts import asked, hosts, writes
from jitasa.postgresql import standby
from jitasa.postgresql.base import DatabaseWrapper
from jitasa.ui.database import is_passing

__all__ = ["hosts"]
pytestmark = pytest.mark.postgresql
IMMEDIATE = 0.5  # seconds


@pytest.fixture
def writer(
    hosts: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[DatabaseWrapper]:
    """A connection of a web process that waits a second for the standby; the table has one word."""
    monkeypatch.setenv("JITASA_ROLE", "web")
    monkeypatch.setenv("JITASA_STANDBY_SECONDS", "1")
    monkeypatch.setenv("A_PRIMARY", hosts[0].url)
    monkeypatch.setattr(standby, "STANDBY", standby.Standby())
    connection = ConnectionHandler({"default": database("A_PRIMARY", Path())})["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.inc_thread_sharing()
    with django_db_blocker.unblock():
        writes(connection, "CREATE TABLE noted (word text PRIMARY KEY)")
        yield connection
        connection.close()


def keeps(connection: DatabaseWrapper, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that writes in a transaction."""
    connection.close_if_unusable_or_obsolete()
    monkeypatch.setattr(transaction, "get_connection", lambda _using=None: connection)
    try:
        with transaction.atomic():
            asked(connection, f"INSERT INTO noted VALUES ('{word}') ON CONFLICT DO NOTHING RETURNING 1")
    finally:
        connection.close_if_unusable_or_obsolete()


def is_away(primary: Cluster) -> bool:
    with psycopg.connect(primary.url) as server:
        return server.execute(standby.IS_AWAY, standby.ANYBODY).fetchone() == (True,)


def refused_after(connection: DatabaseWrapper, word: str, monkeypatch: pytest.MonkeyPatch) -> float:
    began = time.monotonic()
    with pytest.raises(DatabaseError) as refused:
        keeps(connection, word, monkeypatch)
    assert is_passing(refused.value)  # the page answers 503 with words
    return time.monotonic() - began


def test_who_writes_is_told_soon_and_nothing_is_lost_or_doubled(
    hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    primary, second = hosts
    assert not is_away(primary)
    second.kill()
    assert 1 <= refused_after(writer, "in doubt", monkeypatch) < 5
    time.sleep(standby.LONG_SECONDS)
    assert refused_after(writer, "refused", monkeypatch) < IMMEDIATE
    assert asked(writer, "SELECT count(*) FROM noted") == 0  # who reads goes on
    assert is_away(primary)
    second.control("start")
    wait_until(lambda: primary.says("SELECT count(*) FROM noted") == 1, 30, "what was in doubt")
    for word in ("in doubt", "refused"):  # sent again
        keeps(writer, word, monkeypatch)
    assert primary.says("SELECT string_agg(word, ', ' ORDER BY word) FROM noted") == "in doubt, refused"
    assert not standby.STANDBY.is_away


def test_a_single_statement_is_within_the_same_bounds(
    hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper
) -> None:
    hosts[1].kill()
    began = time.monotonic()
    with pytest.raises(DatabaseError):
        writes(writer, "INSERT INTO noted VALUES ('alone')")
    assert time.monotonic() - began < 5


def test_what_is_only_slow_is_waited_for(hosts: tuple[Cluster, Cluster], writer: DatabaseWrapper) -> None:
    assert asked(writer, "SELECT 1 FROM pg_sleep(2.5)") == 1
    hosts[1].kill()
    assert asked(writer, "SELECT 1 FROM pg_sleep(2.5)") == 1


def test_watching_programs_are_told(hosts: tuple[Cluster, Cluster], tmp_path: Path) -> None:
    primary, second = hosts
    token = "m" * 24
    env = environment(tmp_path, JITASA_DATABASE_URL=primary.url, JITASA_DEBUG="1", JITASA_METRICS_TOKEN=token)
    jobs = "CREATE TABLE django_tasks_database_dbtaskresult (id int, queue_name text, status text, run_after timestamptz)"
    primary.says(jobs, "SELECT 1")
    with web_process(env) as port:
        assert b'"standby": "ok"' in get(port, "/readyz")
        second.kill()
        assert b'"standby": "away"' in get(port, "/readyz")
        assert b"jitasa_standby_away 1.0" in get(
            port, "/metrics", headers=f"Authorization: Bearer {token}\r\n"
        )
