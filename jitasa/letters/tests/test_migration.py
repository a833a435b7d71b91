"""Letters, groups and campaigns from before ``distribution`` are all there afterwards, counted truly."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from jitasa.config.tests.walked import walk, walked


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of one on the PostgreSQL that the tests run on."""
    given = connection.get_connection_params()
    server = f"postgresql://{given.get('user', '')}@{given.get('host', '')}:{given.get('port', 5432)}"
    name = f"before_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def found(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, db: None) -> dict[str, Any]:
    """What stands in a database of the kind that the tests run on when all migrations have been walked."""
    if connection.vendor == "sqlite":
        return walked(tmp_path_factory).found
    with empty_database() as address:
        return walk(tmp_path, JITASA_DATABASE_URL=address).found


@pytest.mark.long
def test_what_was_there_before_is_there_afterwards(found: dict[str, Any]) -> None:
    assert found["paths"] == {"moved": ["top", "left", "moved"], "stays": ["top", "left", "stays"]}
    assert found["counts"] == {"top": [2, 1], "left": [2, 1], "moved": [1, 1], "stays": [1, 0]}
    assert found["above"] == {"top": None, "left": "top", "moved": "left", "stays": "left"}
    assert found["escalate"] == {"moved": None, "stays": "2026-11-25T03:00:00+00:00"}
    assert (found["typed"], found["group"], found["delivery"]) == (7, ["moved", "stays"], "moved")
    assert found["differences"] == []
