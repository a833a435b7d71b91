"""A PgBouncer that gives each transaction another connection: what is read in pieces, and what is not told (PostgreSQL)."""

import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from jitasa.config.database_settings import database
from jitasa.config.health import LIMITS, missing_limits
from jitasa.postgresql.base import DatabaseWrapper

# A program beside the packages, not one of them.
with_postgresql: Any = importlib.import_module("scripts.with_postgresql")

pytestmark = pytest.mark.postgresql
ROWS = 5_000


@pytest.fixture
def pooled(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[DatabaseWrapper]:
    """A connection of the product through a pooler."""
    if connection.vendor != "postgresql" or connection.settings_dict["POOLED"]:
        pytest.skip("needs a PostgreSQL to stand before")
    if not with_postgresql.pgbouncer():
        pytest.skip("needs pgbouncer")
    folder = open_folder(tmp_path_factory)
    owner = with_postgresql.server_user()
    server = connection.settings_dict["PORT"]
    with database_of_our_own(server) as name, with_postgresql.pooler(folder, server, owner) as port:
        monkeypatch.setenv("JITASA_DATABASE_POOLED", "1")
        monkeypatch.setenv("A_POOLER", f"postgresql://jitasa@127.0.0.1:{port}/{name}")
        found = ConnectionHandler({"default": database("A_POOLER", Path())})["default"]
        assert isinstance(found, DatabaseWrapper)
        with django_db_blocker.unblock():
            with found.cursor() as cursor:
                cursor.execute("CREATE TABLE counted AS SELECT generate_series(1, %s) AS n", [ROWS])
            yield found
            found.close()


@contextmanager
def database_of_our_own(port: str) -> Iterator[str]:
    """An empty one, in which no other worker of the run is at work."""
    name = f"behind_a_pooler_{os.getpid()}"
    with psycopg.connect(f"postgresql://jitasa@127.0.0.1:{port}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield name
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def open_folder(factory: pytest.TempPathFactory) -> Path:
    """One that the pooler's own user may enter."""
    folder = factory.mktemp("pooler", numbered=True)
    for each in (folder, *folder.parents):
        if each.name.startswith(("pytest-", "popen-")):  # of this run, and of a worker of it
            each.chmod(0o755)
    folder.chmod(0o755)
    if owner := with_postgresql.server_user():
        shutil.chown(folder, owner)
    return folder


def asked(database: DatabaseWrapper, sql: str) -> Any:
    with database.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_many_rows_are_read_in_pieces_while_others_ask_and_write(pooled: DatabaseWrapper) -> None:
    cursor = pooled.chunked_cursor()
    cursor.execute("SELECT n FROM counted ORDER BY n")
    seen = 0
    while piece := cursor.fetchmany(500):
        seen += len(piece)
        assert asked(pooled, f"SELECT count(*) FROM counted WHERE n = {seen}") == 1
        with pooled.cursor() as other:
            other.execute("INSERT INTO counted VALUES (0)")
    assert seen == ROWS
    held = """SELECT count(*) FROM pg_stat_activity
               WHERE state = 'idle in transaction' AND datname = current_database()"""
    assert asked(pooled, held) == 1
    cursor.close()
    assert asked(pooled, held) == 0


def test_in_a_transaction_they_are_its_own(pooled: DatabaseWrapper) -> None:
    pooled.set_autocommit(False)
    pooled.in_atomic_block = True
    try:
        with pooled.cursor() as cursor:
            cursor.execute("DELETE FROM counted WHERE n > 10")
        rows = pooled.chunked_cursor()
        rows.execute("SELECT n FROM counted")
        assert len(rows.fetchall()) == 10
        rows.close()
    finally:
        pooled.in_atomic_block = False
        pooled.rollback()
        pooled.set_autocommit(True)


def test_limits_that_the_pooler_lacks_are_found(
    pooled: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing_limits(pooled) == []
    server, name = connection.settings_dict["PORT"], asked(pooled, "SELECT current_database()")
    monkeypatch.setenv(
        "A_POOLER", f"postgresql://jitasa@127.0.0.1:{server}/{name}"
    )  # as one that sets nothing
    bare = ConnectionHandler({"default": database("A_POOLER", Path())})["default"]
    try:
        assert missing_limits(bare) == sorted(LIMITS)
        with bare.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} SET lock_timeout = '3s'")
        bare.close()
        assert missing_limits(bare) == sorted(set(LIMITS) - {"lock_timeout"})
    finally:
        bare.close()
    assert missing_limits(connection) == []  # told by ourselves
