"""The tables of an empty SQLite database in one go, instead of migration by migration (docs/adr/0091).

``data/tables.sql`` is what all migrations had made when it was written (``make tables``); those added since are run
on top. ``test_tables.py`` holds that both ways end in the same database.
"""

import sqlite3
from functools import cache
from importlib import resources

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

HEAD = "-- Written by `make tables` from the migrations; never edited by hand.\n"
MISSING = ("42P01", "42703")  # PostgreSQL's errors of a table and of a column that is not there
STATED = "2026-01-01 00:00:00"  # when a migration was run says nothing about the tables


def make_tables() -> None:
    """Bring the database to the newest migration, whatever it holds; quickly where it holds nothing."""
    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        text = resources.files("jitasa.config").joinpath("data", "tables.sql").read_text("utf-8")
        connection.ensure_connection()
        connection.connection.executescript(f"BEGIN;\n{text}COMMIT;\n")
    if migrations_wait():
        call_command("migrate", verbosity=0)


def migrations_wait() -> bool:
    """Whether a migration of this program has not been run in the database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class MigrationsWait(Exception):
    """The database has not the tables of this program."""


@cache
def demand_tables() -> None:
    """Asked of the database until it has them: nobody takes a migration back under a running program.

    :raises MigrationsWait: while one waits to be run.
    """
    if migrations_wait():
        raise MigrationsWait


def lacks_tables(error: BaseException | None) -> bool:
    """Whether a statement asked for a table or column that a migration not yet run makes."""
    while error is not None and not (isinstance(error, DatabaseError) and _is_missing(error)):
        error = error.__cause__ or error.__context__
    if error is None:
        return False
    connection.close()  # its transaction, if one is open, takes nothing more
    return migrations_wait()


def _is_missing(error: DatabaseError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in MISSING if state else str(error).startswith(("no such table", "no such column"))


def written(database: sqlite3.Connection) -> str:
    """The tables, what stands in them, their indexes and triggers as SQL that makes them again."""
    made = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY rowid"
    ).fetchall()
    virtual = [name for _type, name, sql in made if sql.startswith("CREATE VIRTUAL")]
    own = [
        row for row in made if not any(row[1] != name and row[1].startswith(f"{name}_") for name in virtual)
    ]
    tables = [name for kind, name, _sql in own if kind == "table" and name not in virtual]
    lines = [f"{sql};\n" for kind, _name, sql in own if kind == "table"]
    lines += [line for name in tables for line in _rows(database, name)]
    lines += [f"{sql};\n" for kind, _name, sql in own if kind != "table"]
    return HEAD + "".join(lines)


def _rows(database: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    said = [
        f"quote('{STATED}')" if (table, each) == ("django_migrations", "applied") else f'quote("{each}")'
        for each in columns
    ]
    query = f'SELECT {", ".join(said)} FROM "{table}" ORDER BY rowid'  # noqa: S608 (our own tables)
    rows = database.execute(query)
    return [f'INSERT INTO "{table}" VALUES ({", ".join(row)});\n' for row in rows]  # noqa: S608
