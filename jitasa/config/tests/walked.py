"""All migrations on SQLite, walked once for the whole run.

Walking takes more seconds than anything that is asked of its outcome. There are rows in it from before
``distribution`` (``letters.tests.before_distribution``), so it says nothing of what the migrations themselves fill.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.once import once, printed
from jitasa.config.tests.served import environment


@dataclass(frozen=True)
class Walked:
    """``found`` is what today's models see of those rows."""

    database: Path
    found: dict[str, Any]


def walk(folder: Path) -> str:
    """Every migration in an empty database in ``folder``; what was found there, as JSON."""
    return printed("jitasa.letters.tests.before_distribution", environment(folder))


def walked(factory: pytest.TempPathFactory) -> Walked:
    folder, said = once(factory, "walked", walk)
    return Walked(folder / "jitasa.sqlite3", json.loads(said))
