"""Tables and the cast for processes that a test starts (``prepare``), and the session of Anong."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.once import once, printed
from jitasa.config.tests.served import environment


def prepared(factory: pytest.TempPathFactory, folder: Path, **database: str) -> dict[str, Any]:
    """What ``prepare`` prints, after it has filled ``folder`` with a copy, or the database that a test names."""
    if any(database.values()):
        return dict(json.loads(_prepare(folder, **database)))
    made, said = once(factory, "prepared", _prepare)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return dict(json.loads(said))


def _prepare(folder: Path, **database: str) -> str:
    env = environment(
        folder,
        JITASA_DEBUG="1",
        DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings",
        **database,
    )
    return printed("jitasa.config.tests.prepare", env)
