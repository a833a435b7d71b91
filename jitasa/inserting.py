"""New rows in a statement whose text is kept: what ``bulk_create`` does, for the rows of one act.

Making the text of an ``INSERT`` anew costs more than sending it, and psycopg turns arrays of Thai text,
which ``bulk_create`` hands over for many rows, letter by letter (docs/adr/0034). Empty values stand in
the text itself, so that fewer are handed over one by one.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import AutoField, Field, Model

from jitasa.together import literals, run

Row = TypeVar("Row", bound=Model)
KEPT_ROWS = 12  # the text for more rows is made anew
TEXTS = {None: "NULL", "": "''"}
# Fields whose rows are updated when they are there (``None``: whatever is there stays), with what; whether the
# keys are asked for.
Ends = tuple[tuple[str, ...] | None, tuple[str, ...], bool]


def insert(
    rows: Sequence[Row], *, unique: Sequence[str] = (), update: Sequence[str] = (), keys: bool = True
) -> None:
    """Insert rows of one model; inside a transaction.

    ``unique``: fields of a unique constraint; a row that is there already gets the new values of ``update``.
    ``keys``: whether the rows get theirs; without, the statement may wait (``together``). One statement, on SQLite as many as its limit of values asks for.
    """
    if not rows:
        return
    model = type(rows[0])
    most = _most_values() // len(_fields(model))
    for first in range(0, len(rows), most):
        _insert(model, rows[first : first + most], (tuple(unique), tuple(update), keys))


def _most_values() -> int:
    """How many values one statement may take. psycopg puts them into the text, so there is no limit."""
    if connection.vendor != "sqlite":
        return 1_000_000
    connection.ensure_connection()
    return int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))


def _insert(model: type[Model], rows: Sequence[Model], ends: Ends) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    _know_related(model, rows)
    values = _values(model, rows, database)
    shape = _shape(values)
    text = _text if len(rows) <= KEPT_ROWS else _text.__wrapped__
    sql, values = text(model, database.vendor, shape, ends), _handed_over(values, shape)
    if not ends[2]:
        run(sql, values)
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":  # psycopg need not look for the places again
            cursor.execute(sql % literals(values))
        else:
            cursor.execute(sql, values)
        found = cursor.fetchall()
    for row, (key,) in zip(rows, found, strict=True):
        _stored(row, key)


def insert_new(row: Model) -> bool:
    """Insert a row unless a unique constraint says that it is there already; whether it was inserted."""
    _know_related(type(row), [row])
    database = connections[DEFAULT_DB_ALIAS]
    values = _values(type(row), [row], database)
    shape = _shape(values)
    with database.cursor() as cursor:
        cursor.execute(
            _text(type(row), database.vendor, shape, (None, (), True)), _handed_over(values, shape)
        )
        found = cursor.fetchone()
    if found is None:
        return False
    _stored(row, found[0])
    return True


def _shape(values: Sequence[Any]) -> tuple[Any, ...]:
    """What stands in the text of each value: itself, if it is empty."""
    return tuple(value if value is None or (type(value) is str and not value) else 1 for value in values)


def _handed_over(values: Sequence[Any], shape: Sequence[Any]) -> list[Any]:
    return [value for value, kind in zip(values, shape, strict=True) if kind == 1]


def _stored(row: Model, key: Any) -> None:
    row.pk = key
    row._state.adding, row._state.db = False, connection.alias


def _know_related(model: type[Model], rows: Sequence[Model]) -> None:
    """Take the key of a related row that was saved after it was put on this one. :raises ValueError: it is not saved."""
    pointers = [(field.name, field.attname) for field in _fields(model) if field.is_relation]
    for row in rows:
        held, related = row.__dict__, row._state.fields_cache
        if any(held.get(key) is None and related.get(name) is not None for name, key in pointers):
            row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]  # not in the stubs


@lru_cache
def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    """What is written of a row: all its columns but a key that the database gives."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField) and not field.generated
    )


def _values(model: type[Model], rows: Sequence[Model], database: Any) -> list[Any]:
    """What the database is given, row by row."""
    if database.vendor != "postgresql":
        fields = _fields(model)
        return [_value(field, row, database) for row in rows for field in fields]
    values: list[Any] = []
    plan = _plan(model)
    for row in rows:
        held = row.__dict__
        for field, name, kind in plan:
            value = held.get(name, _MISSING)
            plain = kind is not None and (value is None or type(value) is kind)
            values.append(value if plain else _value(field, row, database))
    return values


def _value(field: "Field[Any, Any]", row: Model, database: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), database)


_MISSING = object()
# Fields whose values psycopg takes as they are, when they are of exactly this type; the field need not be asked.
_AS_THEY_ARE: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.UUIDField: UUID,
    models.FloatField: float,
    models.DecimalField: Decimal,
    models.TimeField: time,
    **dict.fromkeys(
        (
            models.IntegerField,
            models.BigIntegerField,
            models.PositiveIntegerField,
            models.PositiveSmallIntegerField,
            models.PositiveBigIntegerField,
            models.BigAutoField,
        ),
        int,
    ),
}


@lru_cache
def _plan(model: type[Model]) -> tuple[tuple["Field[Any, Any]", str, Any], ...]:
    """Each column's field, its place in the row, and the type that needs no preparation (``None``: all do)."""
    return tuple((field, field.attname, _plain_type(field)) for field in _fields(model))


def _plain_type(field: "Field[Any, Any]") -> type[Any] | None:
    """Times that a field sets itself (``auto_now``) are asked for; so is what has a default in the database."""
    if isinstance(field, models.DateField | models.TimeField) and (field.auto_now or field.auto_now_add):
        return None
    if type(field) is models.DateField:
        return date
    if isinstance(field, models.ForeignKey):
        return _AS_THEY_ARE.get(type(field.target_field))
    return _AS_THEY_ARE.get(type(field))


@lru_cache(512)
def _text(model: type[Model], _vendor: str, shape: tuple[Any, ...], ends: Ends) -> str:
    return _sql(model, [TEXTS.get(each, "%s") for each in shape], ends)


def _sql(model: type[Model], places: Sequence[str], ends: Ends) -> str:
    unique, update, keys = ends
    columns = {field.name: _quoted(field.column) for field in _fields(model)}
    width = len(columns)
    lines = [f"({', '.join(places[n : n + width])})" for n in range(0, len(places), width)]
    sql = (
        f"INSERT INTO {_quoted(model._meta.db_table)} ({', '.join(columns.values())})"  # noqa: S608 (names of our own columns)
        f" VALUES {', '.join(lines)}"
    )
    if unique is None:
        sql += " ON CONFLICT DO NOTHING"
    elif unique:
        sql += f" ON CONFLICT ({', '.join(columns[name] for name in unique)}) DO UPDATE SET "
        sql += ", ".join(f"{columns[name]} = EXCLUDED.{columns[name]}" for name in update)
    return f"{sql} RETURNING {_quoted(model._meta.pk.column)}" if keys else sql


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
