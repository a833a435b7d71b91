"""Letters, groups and campaigns from before ``distribution`` are all there afterwards, counted truly."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from jitasa.config.tests.served import python_path


@pytest.fixture
def address(tmp_path: Path, db: None) -> Iterator[str]:
    """The address of an empty database of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield ""  # a file in the data folder
        return
    given = connection.get_connection_params()
    server = f"postgresql://{given.get('user', '')}@{given.get('host', '')}:{given.get('port', 5432)}"
    name = f"before_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.long
def test_what_was_there_before_is_there_afterwards(address: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "JITASA_DATABASE_URL": address,
        "JITASA_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "jitasa.config.test_settings",
        "PYTHONPATH": python_path(),
    }
    command = [sys.executable, "-m", "jitasa.letters.tests.before_distribution"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["paths"] == {"moved": ["top", "left", "moved"], "stays": ["top", "left", "stays"]}
    assert found["counts"] == {"top": [2, 1], "left": [2, 1], "moved": [1, 1], "stays": [1, 0]}
    assert found["above"] == {"top": None, "left": "top", "moved": "left", "stays": "left"}
    assert found["escalate"] == {"moved": None, "stays": "2026-11-25T03:00:00+00:00"}
    assert (found["typed"], found["group"], found["delivery"]) == (7, ["moved", "stays"], "moved")
    assert found["differences"] == []
