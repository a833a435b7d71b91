"""After a test that commits the tables are emptied, in milliseconds.

Django truncates every table and makes all content types and permissions anew, which takes longer than many a test
(0.2 s on PostgreSQL). They are the same every time, so they stay, and only tables with rows are emptied.
"""

from functools import cache

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

KEPT = frozenset({"django_content_type", "auth_permission"})


def empty_after_tests() -> None:
    """From now on Django's test cases do it this way, and with them pytest-django's.

    Django has no public name for this step, nor for the databases of a case.
    """
    TransactionTestCase._fixture_teardown = _empty_all  # type: ignore[attr-defined]


def _empty_all(case: TransactionTestCase) -> None:
    for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        empty(connections[alias])


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete every row but those that the models alone decide."""
    names = [name for name in _tables(connection.alias) if name not in KEPT]
    if connection.vendor != "postgresql" or not _may_do_anything(connection.alias):
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), names))
        return
    quoted = [connection.ops.quote_name(name) for name in names]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in quoted)
        )
        filled = [name for (name,) in cursor.fetchall()]
        # Nobody asks which row refers to which, or whether it may be deleted: no row stays.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")


@cache
def _tables(alias: str) -> tuple[str, ...]:
    return tuple(connections[alias].introspection.django_table_names(only_existing=True, include_views=False))


@cache
def _may_do_anything(alias: str) -> bool:
    """Only a superuser may leave keys and triggers aside."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone()[0] == "on")
