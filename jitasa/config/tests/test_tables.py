"""Tables made in one go are those of the migrations: same structure, same rows."""

import sqlite3
from pathlib import Path

import pytest

from jitasa.config.tables import written
from jitasa.config.tests.site import make_tables
from jitasa.config.tests.walked import walked

Structure = set[tuple[str, str, str]]


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


@pytest.mark.long
def test_both_ways_end_in_the_same_database(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    make_tables(tmp_path)
    quick = sqlite3.connect(tmp_path / "jitasa.sqlite3")
    slow = sqlite3.connect(walked(tmp_path_factory).database)
    assert structure(quick) == structure(slow)
    assert applied(quick) == applied(slow)
    assert permissions(quick) == permissions(slow)
    # The walk also holds rows of its own; what the newest migrations fill stands in what is made at once, too.
    filled = {line.split()[2] for line in written(quick).splitlines() if line.startswith("INSERT")}
    assert filled == {'"auth_permission"', '"django_content_type"', '"django_migrations"'}, (
        "rows to compare as well"
    )
