"""What takes seconds to make and is the same for every test is made once for the whole run."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """A folder that ``make`` has filled, by the worker that asked first, and what it returned.

    A worker that asks meanwhile waits. The folder is everybody's: who changes something takes a copy.
    """
    ours = factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder, said = shared / name, shared / f"{name}.txt"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of an attempt that failed
            folder.mkdir()
            said.write_text(make(folder))
    return folder, said.read_text()


def printed(module: str, env: dict[str, str]) -> str:
    """What ``python -m module`` prints in ``env``: ``served.environment``, which names ``JITASA_DATABASE_URL``."""
    done = subprocess.run(
        [sys.executable, "-m", module], env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
