"""Tables made in one go are those of the migrations: same structure, same rows."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from jitasa.config.tables import written
from jitasa.config.tests.served import environment

MAKE = "import django; django.setup(); from jitasa.config.tables import make_tables; make_tables()"
Structure = set[tuple[str, str, str]]


def run(folder: Path, *words: str) -> Path:
    env = environment(folder, DJANGO_SETTINGS_MODULE="jitasa.config.settings")
    done = subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "jitasa.sqlite3"


def structure(database: sqlite3.Connection) -> Structure:
    """Columns with their types, defaults and constraints in words, indexes, triggers."""
    rows = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, sql) for kind, name, sql in rows}


def permissions(database: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return database.execute(
        "SELECT app_label, model, codename FROM auth_permission p JOIN django_content_type t"
        " ON t.id = p.content_type_id ORDER BY 1, 2, 3"
    ).fetchall()


def applied(database: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(database.execute("SELECT app, name FROM django_migrations"))


def test_both_ways_end_in_the_same_database(tmp_path: Path) -> None:
    folders = [tmp_path / "migrated", tmp_path / "at-once"]
    for folder in folders:
        folder.mkdir()
    slow = sqlite3.connect(run(folders[0], "-m", "jitasa.config", "migrate", "-v0"))
    quick = sqlite3.connect(run(folders[1], "-c", MAKE))
    assert structure(quick) == structure(slow)
    assert applied(quick) == applied(slow)
    assert permissions(quick) == permissions(slow)
    filled = {line.split()[2] for line in written(slow).splitlines() if line.startswith("INSERT")}
    assert filled == {'"auth_permission"', '"django_content_type"', '"django_migrations"'}, (
        "rows to compare as well"
    )
