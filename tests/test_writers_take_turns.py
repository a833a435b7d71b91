"""Several writers of one SQLite file: who waits asks again soon, for as long as the connection has patience."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from jitasa.config.database_settings import database
from jitasa.sqlite import base
from jitasa.ui.database import is_passing

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_DATABASE", "")
    return tmp_path


@pytest.fixture
def writer(file: Path) -> Iterator[base.DatabaseWrapper]:
    """A connection of the product to a file of its own."""
    handler = ConnectionHandler({"default": database("NO_DATABASE", file)})
    connection = handler["default"]
    assert isinstance(connection, base.DatabaseWrapper)
    connection.inc_thread_sharing()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE noted (n)")
    yield connection
    connection.close()


def begins(connection: base.DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def ends(connection: base.DatabaseWrapper) -> None:
    connection.rollback()
    connection.set_autocommit(True)


def patience(connection: base.DatabaseWrapper, milliseconds: int | None = None) -> int:
    if milliseconds is not None:
        connection.connection.execute(f"PRAGMA busy_timeout={milliseconds}")
    return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])


def test_who_waits_asks_again_within_milliseconds(
    writer: base.DatabaseWrapper, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file / "jitasa.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                other.execute("COMMIT")

        monkeypatch.setattr("jitasa.sqlite.base.time.sleep", sleep)
        before = patience(writer)
        with CaptureQueriesContext(writer) as asked:
            begins(writer)
        assert len(slept) == 3
        assert max(slept) <= base.LONGEST_WAIT
        assert [each["sql"] for each in asked] == [
            "BEGIN IMMEDIATE"
        ]  # one statement, however often it is asked
        assert patience(writer) == before
        other.execute("PRAGMA busy_timeout=0")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        ends(writer)
        other.execute("BEGIN IMMEDIATE")


def test_patience_ends_and_is_what_it_was(writer: base.DatabaseWrapper, file: Path) -> None:
    with closing(sqlite3.connect(file / "jitasa.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        patience(writer, 30)
        with pytest.raises(OperationalError) as refused:
            begins(writer)
        assert is_passing(refused.value)
        assert patience(writer) == 30
        other.execute("COMMIT")
    begins(writer)
    ends(writer)
