"""All migrations on SQLite, walked once for the whole run: by the worker of the suite that asks first.

Walking takes more seconds than anything that is asked of its outcome. There are rows in it from before
``distribution`` (``letters.tests.before_distribution``), so it says nothing of what the migrations themselves fill.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.served import environment


@dataclass(frozen=True)
class Walked:
    """``found`` is what today's models see of those rows."""

    database: Path
    found: dict[str, Any]


def walk(folder: Path) -> Walked:
    """Every migration in an empty database in ``folder``: SQLite, whatever ``JITASA_DATABASE_URL`` the tests have."""
    done = subprocess.run(
        [sys.executable, "-m", "jitasa.letters.tests.before_distribution"],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Walked(folder / "jitasa.sqlite3", json.loads(done.stdout))


def walked(factory: pytest.TempPathFactory) -> Walked:
    """The one walk on SQLite; a worker that asks while another walks waits for it."""
    ours = factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder, said = shared / "walked", shared / "walked.json"
    with (shared / "walked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a walk that failed
            folder.mkdir()
            said.write_text(json.dumps(walk(folder).found))
    return Walked(folder / "jitasa.sqlite3", json.loads(said.read_text()))
