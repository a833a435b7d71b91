"""A database while it is being filled: what costs more row by row than at once is put away and put back.

On PostgreSQL the foreign keys of the records' tables, and their indexes but those that keep a rule. The statements
that make them again stand in a table of the database, from the very transaction that drops them until each has been
run: who was stopped, even by force, goes on filling or runs them (docs/adr/0163).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from jitasa.activities.models import Activity
from jitasa.demo.services.country_month import ROW_COLUMNS

NOTE = "demo_put_away"
WORDS = "activity_words"
# Lane 0 comes first and is quick: from then on the rules hold for every new row. Then side by side lane 1, the index of
# words (most of the time, on one processor) and the records' rules, and lane 2, the other indexes and the parts' rules.
PUT_AWAY = f"""
CREATE TABLE {NOTE} (lane integer, statement text PRIMARY KEY);
WITH found AS (
    SELECT conrelid::regclass::text AS of, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND convalidated AND conrelid::regclass::text = ANY(%(tables)s)
)
INSERT INTO {NOTE}
SELECT 0, 'ALTER TABLE ' || of || ' ADD CONSTRAINT ' || name || ' ' || definition || ' NOT VALID' FROM found
UNION ALL
SELECT CASE of WHEN %(records)s THEN 1 ELSE 2 END, 'ALTER TABLE ' || of || ' VALIDATE CONSTRAINT ' || name FROM found
UNION ALL
SELECT CASE relname WHEN %(words)s THEN 1 ELSE 2 END, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid::regclass::text = ANY(%(tables)s) AND NOT indisunique;
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
        JOIN {NOTE} ON statement = 'ALTER TABLE ' || conrelid::regclass || ' VALIDATE CONSTRAINT ' || quote_ident(conname)
    LOOP
        EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', each.of, each.conname);
    END LOOP;
    FOR each IN SELECT indexrelid::regclass AS name FROM pg_index JOIN {NOTE} ON statement = pg_get_indexdef(indexrelid)
    LOOP
        EXECUTE format('DROP INDEX %%s', each.name);
    END LOOP;
END $$;
"""  # noqa: S608 (our own names)


@contextmanager
def filling(say: Callable[[str], object]) -> Iterator[None]:
    """While rows come in; not inside a transaction. What a run that was stopped has put away is put back as well."""
    if connection.vendor != "postgresql":
        yield
        return
    put_away()
    try:
        yield
    finally:
        _put_back(say)


def put_away() -> None:
    if NOTE in connection.introspection.table_names():
        return
    tables = [model._meta.db_table for model in ROW_COLUMNS]
    given: dict[str, Any] = {"tables": tables, "records": Activity._meta.db_table, "words": WORDS}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PUT_AWAY, given)


def _put_back(say: Callable[[str], object]) -> None:
    say("→ กฎของตารางและดัชนีคำค้น")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT lane, statement FROM {NOTE} ORDER BY lane, statement DESC")  # noqa: S608
        rows = cursor.fetchall()
    lanes = [[statement for lane, statement in rows if lane == number] for number in range(3)]
    run(lanes[0])
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_run_apart, lanes[1:]))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {NOTE}")
        cursor.execute("ANALYZE")


def _run_apart(statements: list[str]) -> None:
    try:
        run(statements)
    finally:
        connection.close()  # this thread's own


def run(statements: list[str]) -> None:
    for statement in statements:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL maintenance_work_mem = '1GB'; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '1h'"
            )
            cursor.execute(statement)
            cursor.execute(f"DELETE FROM {NOTE} WHERE statement = %s", [statement])  # noqa: S608
