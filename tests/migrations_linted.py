"""What a migration would hold up: its SQL for PostgreSQL, read by squawk (a linter of migrations)."""

import json
import subprocess
import sysconfig
from pathlib import Path

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState

SQUAWK = Path(sysconfig.get_path("scripts")) / "squawk"
# Matters of taste, and what is so for every migration (the time for a lock: jitasa.postgresql.schema).
EXCLUDED = (
    "prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-text-field", "prefer-identity",
    "prefer-robust-stmts", "prefer-timestamptz", "ban-drop-default", "require-lock-timeout",
    "require-statement-timeout", "transaction-nesting",
)  # fmt: skip


def sql_of(migration: Migration, state: ProjectState) -> str:
    """What it would send, beginning at ``state`` (which moves on); Python in it sends nothing here."""
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state, editor, collect_sql=True)
    lines: list[str] = editor.collected_sql
    return "\n".join(lines)


def faults(sql: str, *, atomic: bool) -> list[str]:
    """Names of squawk's rules that the statements break, in their order."""
    asked = [
        str(SQUAWK), "--reporter", "json", "--pg-version", "15.0", "--exclude", ",".join(EXCLUDED),
        "--stdin-filepath", "migration.sql", *(["--assume-in-transaction"] if atomic else []),
    ]  # fmt: skip
    told = subprocess.run(asked, input=sql, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode in {0, 1}, told.stderr
    return [each["rule_name"] for each in json.loads(told.stdout or "[]")]
