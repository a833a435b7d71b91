"""Rows that count: running numbers without gap or twin, and sums kept as things happen.

Each function is one statement, made from the model's own columns, that inserts a missing row or adds to
the one that is there. The row stays locked until the transaction ends: on PostgreSQL several rows are
locked in the order in which they are given: always give them in the same order.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def next_number(
    model: type[Model], *, key: Mapping[str, Any], column: str = "last", beside: Sequence[str] = ()
) -> tuple[int, ...]:
    """Raise ``column`` of the row with that ``key`` by one, from 1 where there is no row yet.

    Must run in the transaction that stores the number: whoever else wants one waits until it ends, and
    a transaction that fails gives its number back.

    :param key: field names and values; exactly the fields of a unique constraint of the model.
    :param beside: further fields of the row to return as they stand after the waiting.
    :return: the number, then the values of ``beside``.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [1 if field.name == column else _value(field, key) for field in fields]
    table, counted = _quoted(model._meta.db_table), _column(model, column)
    returned = ", ".join(f"{table}.{_column(model, name)}" for name in (column, *beside))
    sql = (
        f"INSERT INTO {table} ({', '.join(_quoted(field.column) for field in fields)}) "  # noqa: S608  # names of our own columns
        f"VALUES ({', '.join(['%s'] * len(fields))}) "
        f"ON CONFLICT ({', '.join(_column(model, name) for name in key)}) "
        f"DO UPDATE SET {counted} = {table}.{counted} + 1 RETURNING {returned}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(cursor.fetchone())


def add(
    model: type[Model],
    *,
    key: Mapping[str, Any],
    by: str,
    amounts: Mapping[int, Mapping[str, int]],
    first: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """Add amounts to many rows of one ``key``, those missing made with them.

    :param by: the field that tells the rows of the key apart; with ``key`` a unique constraint.
    :param amounts: value of ``by`` → counted field → what to add (never less than nothing), in the order
        in which the rows are to be locked.
    :param first: value of ``by`` → further fields a new row is made with; a row that is there keeps its own.
    """
    if not amounts:
        return
    counted = sorted({name for each in amounts.values() for name in each})
    beside = sorted({name for each in (first or {}).values() for name in each})
    given = (*key, by, *beside, *counted)
    meta = model._meta
    others = [f for f in meta.concrete_fields if not f.primary_key and f.name not in given]
    columns = [*(_column(model, name) for name in given), *(_quoted(field.column) for field in others)]
    line = f"({', '.join([*['%s'] * len(given), *('0' for _field in others)])})"
    parameters: list[Any] = []
    for value in amounts:
        made = (first or {}).get(value, {})
        row = {**key, by: value, **made, **dict.fromkeys(counted, 0), **amounts[value]}
        parameters += [_value(meta.get_field(name), row) for name in given]
    table = _quoted(meta.db_table)
    names = [_column(model, name) for name in counted]
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608  # names of our own columns
        f"VALUES {', '.join([line] * len(amounts))} "
        f"ON CONFLICT ({', '.join(_column(model, name) for name in (*key, by))}) "
        f"DO UPDATE SET {', '.join(f'{name} = {table}.{name} + EXCLUDED.{name}' for name in names)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _value(field: Any, row: Mapping[str, Any]) -> Any:
    """A field's value as the database takes it; its default where none is given."""
    value = row[field.name] if field.name in row else field.get_default()
    return field.get_db_prep_save(value, connection)


def _column(model: type[Model], name: str) -> str:
    field: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]  # names are columns
    return _quoted(field.column)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
