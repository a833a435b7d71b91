"""A connection that is kept between requests is looked at without a statement, and a dead one is found (PostgreSQL)."""

import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.own_session,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def server(transactional_db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Another connection to the same server."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        yield other


def last_asked(server: "psycopg.Connection[tuple[object, ...]]", pid: int) -> object:
    row = server.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    return row and row[0]


def test_the_look_asks_nothing(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    pid = connection.connection.info.backend_pid
    before = last_asked(server, pid)
    assert connection.is_usable()
    assert last_asked(server, pid) == before


def test_a_connection_that_the_server_ended_is_found(
    server: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    pid = connection.connection.info.backend_pid
    server.execute("SELECT pg_terminate_backend(%s)", [pid])
    while last_asked(server, pid) is not None:
        time.sleep(0.01)
    assert not connection.is_usable()
    connection.close()
    assert connection.is_usable() is False  # there is none
    with connection.cursor() as cursor:  # and the next request makes one
        cursor.execute("SELECT 1")
    assert connection.is_usable()
