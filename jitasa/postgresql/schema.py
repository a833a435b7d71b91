"""A change of a table waits for its lock so briefly that whoever queues behind it does not notice (docs/adr/0153)."""

from typing import Any, Self

from django.db.backends.postgresql.schema import DatabaseSchemaEditor

LOCK_SECONDS = 3


class SchemaEditor(DatabaseSchemaEditor):
    """Every statement of a migration in one transaction gets its locks within :data:`LOCK_SECONDS`, or the
    migration fails with SQLSTATE 55P03 and has done nothing; ``jitasa migrate`` tries again.

    What runs outside of a transaction (``CREATE INDEX CONCURRENTLY``) waits as it needs to: it holds nobody up.
    """

    def __enter__(self) -> Self:
        editor: Any = super().__enter__()
        if self.atomic_migration and not self.collect_sql:
            with self.connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        return editor  # type: ignore[no-any-return]
