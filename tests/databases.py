"""Which tests run on which database.

SQLite runs everything but the tests of locks and races that only PostgreSQL has (marker ``postgresql``).
PostgreSQL runs everything that can ask a database: a test that asks for none is refused one by
pytest-django, so it did the same on SQLite a few minutes ago. One marked ``decided_in_python`` asks for rows and
says what makes its outcome the same on any database. Processes that a test starts take SQLite
unless they are given an address; a module that gives them that of the tests, asks which database it runs on, or
uses the driver does something of its own there and runs on both.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

DATABASES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
OWN = re.compile(
    r"mark\.postgresql|connection\.vendor|environ\S*JITASA_DATABASE_URL|^import psycopg|^from jitasa\.postgresql",
    re.MULTILINE,
)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether pytest-django lets the test reach a database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASES)


def may_differ_on_postgresql(item: pytest.Item) -> bool:
    """Whether the test may come out otherwise on PostgreSQL than it did on SQLite."""
    if item.get_closest_marker("decided_in_python") is not None:
        return False
    return (
        asks_a_database(item)
        or item.get_closest_marker("postgresql") is not None
        or names_postgresql(item.path)
    )


def runs_on_sqlite(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql") is None


@cache
def names_postgresql(path: Path) -> bool:
    """Whether a module does something of its own there; an address in which nobody answers is no such thing."""
    return OWN.search(path.read_text(encoding="utf-8")) is not None


def somebody_waits() -> bool:
    """Whether another connection waits for a lock in our database; not in that of another worker (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # in a transaction the first answer would stay
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
