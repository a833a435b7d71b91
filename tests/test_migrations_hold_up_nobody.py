"""A migration after the release runs while the site does: it keeps no table from others for long (docs/adr/0153).

``released_migrations.txt`` names the last migration of each app in the released version; what comes after it is
linted on PostgreSQL. A fault that is meant stands in the migration's own ``accepted`` with its reason.
"""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, Migration, RemoveField
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.utils import OperationalError

from jitasa.config import migrating
from tests.migrations_linted import faults, sql_of

LINES = Path(__file__).with_name("released_migrations.txt").read_text("utf-8").split("\n")
RELEASED = dict(line.split() for line in LINES if line)
needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's locks")


def newer(loader: MigrationLoader) -> list[Migration]:
    """Ours that came after the release, in the order in which they are run."""
    plan = [loader.graph.nodes[key] for key in loader.graph.nodes]
    return [
        each
        for each in plan
        if each.__module__.startswith("jitasa.") and each.name > RELEASED.get(each.app_label, "")
    ]


@pytest.mark.django_db(transaction=True)
@needs_postgresql
def test_no_migration_after_the_release_keeps_a_table_from_others() -> None:
    loader = MigrationLoader(connection, replace_migrations=True)
    assert {app for app, _name in loader.graph.nodes} >= RELEASED.keys()
    wrong = []
    for each in newer(loader):
        state = loader.project_state((each.app_label, each.name), at_end=False)
        accepted = getattr(each, "accepted", {})
        found = faults(sql_of(each, state), atomic=each.atomic)
        wrong += [f"{each.app_label}.{each.name}: {rule}" for rule in found if rule not in accepted]
    assert not wrong, "\n".join(wrong)


def made(*operations: Operation, atomic: bool = True) -> Migration:
    kind = type("Migration", (Migration,), {"operations": [*operations], "atomic": atomic})
    made: Migration = kind("9999_made", "activities")
    return made


@pytest.mark.django_db(transaction=True)
@needs_postgresql
def test_the_linter_sees_what_would_hold_others_up() -> None:
    index = models.Index(fields=["place"], name="made")
    for migration, rules in (
        (made(AddIndex("activity", index)), ["require-concurrent-index-creation"]),
        (made(AddIndexConcurrently("activity", index), atomic=False), []),
        (made(AddField("activity", "made", models.TextField(db_default=""))), []),
        (made(AddField("activity", "made", models.TextField(null=True))), []),
        (made(RemoveField("activity", "place")), ["ban-drop-column"]),
    ):
        state = MigrationLoader(connection).project_state()
        assert faults(sql_of(migration, state), atomic=migration.atomic) == rules


@pytest.mark.django_db(transaction=True)
@needs_postgresql
def test_a_change_asks_for_its_lock_again_and_lets_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody reads the table in a long transaction; the change gives up, they end, the next try succeeds."""
    asked = connection.get_connection_params()
    reader = psycopg.connect(**{name: asked[name] for name in ("host", "port", "user", "dbname")})
    reader.execute("LOCK TABLE django_session IN ACCESS SHARE MODE")
    monkeypatch.setattr("jitasa.postgresql.schema.LOCK_SECONDS", 1)
    said: list[str] = []

    def rest(_seconds: float) -> None:
        reader.rollback()

    monkeypatch.setattr("jitasa.config.migrating.time.sleep", rest)

    def change() -> None:
        with connection.schema_editor(atomic=True) as editor:
            editor.execute("ALTER TABLE django_session ADD COLUMN made_by_a_test integer")
            editor.execute("ALTER TABLE django_session DROP COLUMN made_by_a_test")

    migrating.until_locks_are_had(change, say=said.append)
    assert len(said) == 1
    assert "1/20" in said[0]
    reader.close()


def refused(sqlstate: str) -> OperationalError:
    error = OperationalError("refused")
    cause: Any = RuntimeError()
    cause.sqlstate = sqlstate
    error.__cause__ = cause
    return error


def test_a_table_that_is_never_free_is_said_and_another_fault_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jitasa.config.migrating.time.sleep", lambda _seconds: None)
    said: list[str] = []

    def never() -> None:
        raise refused(migrating.LOCK_NOT_AVAILABLE)

    with pytest.raises(CommandError, match="jitasa migrate อีกครั้ง"):
        migrating.until_locks_are_had(never, say=said.append)
    assert len(said) == migrating.TRIES

    def broken() -> None:
        raise refused("42P01")

    with pytest.raises(OperationalError):
        migrating.until_locks_are_had(broken, say=said.append)
    assert len(said) == migrating.TRIES
