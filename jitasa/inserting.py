"""New rows in a statement whose text is kept: what ``bulk_create`` does, for the rows of one act.

Making the text of an ``INSERT`` anew costs more than sending it, and psycopg turns arrays of Thai text,
which ``bulk_create`` hands over for many rows, letter by letter (docs/adr/0034). Empty values stand in
the text itself, so that fewer are handed over one by one. Many rows go without text: by ``COPY`` on PostgreSQL, by one
prepared statement on SQLite (docs/adr/0060).
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import AutoField, Field, ForeignKey, Model
from django.db.models.base import ModelState

from jitasa.column_values import Column, plain_types, ready
from jitasa.together import literals, run, send

Row = TypeVar("Row", bound=Model)
KEPT_ROWS = 12  # more go without text, or, where a row may be there already, in a text made anew
TEXTS = {None: "NULL", "": "''"}
# Fields whose rows are updated when they are there (``None``: whatever is there stays), with what; whether the
# keys are asked for.
Ends = tuple[tuple[str, ...] | None, tuple[str, ...], bool]


def new_row(model: type[Row], **values: Any) -> Row:
    """A row that is not saved, as ``model(**values)``, in a fifth of the time.

    ``values`` by column, or by relation with its row; the others have their defaults.
    """
    row = model.__new__(model)
    held, state = row.__dict__, ModelState()
    held["_state"] = state
    given, made = _defaults(model)
    held.update(given)
    for name, make in made:
        held[name] = make()
    for name, value in values.items():
        if isinstance(value, Model):
            state.fields_cache[name] = value
            held[_key_of(model, name)] = value.pk
        else:
            held[name] = value
    return row


def insert(
    rows: Sequence[Row], *, unique: Sequence[str] = (), update: Sequence[str] = (), keys: bool = True
) -> None:
    """Insert rows of one model; inside a transaction.

    ``unique``: fields of a unique constraint; a row that is there already gets the new values of ``update``.
    ``keys``: whether the rows get theirs; without, the statement may wait (``together``). One statement, two for many
    rows with keys; on SQLite as many as its limit of values asks for.
    """
    if not rows:
        return
    model = type(rows[0])
    _know_related(model, rows)
    reserves = keys and not unique and len(rows) > KEPT_ROWS
    if reserves:
        for row, key in zip(rows, reserved(model, len(rows)), strict=True):
            _stored(row, key)
    table = _table(model, with_key=reserves)
    found = _insert(table, table.columns(rows), (tuple(unique), tuple(update), keys and not reserves))
    if keys and not reserves:
        for row, key in zip(rows, found, strict=True):
            _stored(row, key)


def insert_values(
    model: type[Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """The same for rows that nobody needs as objects: values of the columns ``names``, which are all but the key.

    Contents of JSON columns may be given as ``JsonText``. The key may be among the columns, by :func:`reserved`.
    """
    if rows:
        ends = (tuple(unique), tuple(update), False)
        _insert(_table(model, tuple(names)), list(zip(*rows, strict=True)), ends)


def prepared(
    model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them, for :func:`insert_prepared`: another process may make them ready."""
    columns = list(zip(*rows, strict=True))
    return list(zip(*_table(model, tuple(names)).ready(columns), strict=True)) if rows else []


def insert_prepared(model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """As :func:`insert_values` for new rows that are not there."""
    if rows:
        _pour(_table(model, tuple(names)), rows)


def insert_new(row: Model) -> bool:
    """Insert a row unless a unique constraint says that it is there already; whether it was inserted."""
    _know_related(type(row), [row])
    table = _table(type(row))
    found = _insert(table, table.columns([row]), (None, (), True))
    for key in found:
        _stored(row, key)
    return bool(found)


def insert_new_pair(first: Row, second: Model, pointer: str) -> bool:
    """Insert ``first`` unless it is there already, and ``second`` that points at it; whether they were inserted.

    One statement on PostgreSQL, which needs no transaction around it.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            if not insert_new(first):
                return False
            setattr(second, pointer, first)
            insert([second], keys=False)
        return True
    tables = _table(type(first)), _table(type(second))
    _know_related(type(first), [first])
    values = [column[0] for column in tables[0].ready(tables[0].columns([first]))]
    key = _key_of(type(second), pointer)
    for field, column in zip(tables[1].fields, tables[1].ready(tables[1].columns([second])), strict=True):
        values += column if field.attname != key else []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_pair_sql(*tables, key) % literals(values))
        found = cursor.fetchone()
    if found is not None:
        _stored(first, found[0])
    return found is not None


@lru_cache
def _pair_sql(one: "_Table", two: "_Table", key: str) -> str:
    first = _sql(one, ["%s"] * len(one.fields), (None, (), True))
    columns = ", ".join(_quoted(field.column) for field in two.fields)
    values = ", ".join(
        f"first.{_quoted(one.model._meta.pk.column)}" if field.attname == key else "%s"
        for field in two.fields
    )
    return (
        f"WITH first AS ({first}) INSERT INTO {_quoted(two.model._meta.db_table)} ({columns})"  # noqa: S608 (our own columns)
        f" SELECT {values} FROM first RETURNING {_quoted(key)}"
    )


class _Table:
    """A model's columns in one order: their fields, how to take them from a row, what needs no preparation."""

    def __init__(self, model: type[Model], fields: Sequence["Field[Any, Any]"]) -> None:
        self.model, self.fields = model, fields
        self._take = itemgetter(*[field.attname for field in fields])
        self._plain = {
            vendor: [plain_types(field, vendor) for field in fields] for vendor in ("postgresql", "sqlite")
        }

    def columns(self, rows: Sequence[Model]) -> list[Column]:
        return list(zip(*[self._take(row.__dict__) for row in rows], strict=True))

    def ready(self, columns: Sequence[Column]) -> list[Column]:
        plain = self._plain[connection.vendor]
        return [ready(*each) for each in zip(self.fields, columns, plain, strict=True)]


@lru_cache
def _table(model: type[Model], names: tuple[str, ...] = (), *, with_key: bool = False) -> _Table:
    """``names`` give the order of the columns. :raises ValueError: they are not all of them."""
    fields = {field.attname: field for field in _fields(model)}
    if model._meta.pk.attname in names:
        fields[model._meta.pk.attname] = model._meta.pk
    if names and fields.keys() != set(names):
        raise ValueError(f"not the columns of {model.__name__}: {sorted(fields.keys() ^ set(names))}")
    key = (model._meta.pk,) if with_key else ()
    return _Table(model, (*key, *(fields[name] for name in names or fields)))


def _insert(table: _Table, columns: Sequence[Column], ends: Ends) -> list[Any]:
    """The keys, where they are asked for."""
    count, prepared = len(columns[0]), table.ready(columns)
    if count > KEPT_ROWS and ends == ((), (), False):
        _pour(table, zip(*prepared, strict=True))
        return []
    rows = list(zip(*prepared, strict=True))
    most = _most_values() // len(table.fields)
    return [
        key
        for first in range(0, count, most)
        for key in _with_text(table, [v for row in rows[first : first + most] for v in row], ends)
    ]


def _with_text(table: _Table, values: Sequence[Any], ends: Ends) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]
    shape = tuple([value if value is None or value == "" else 1 for value in values])
    text = _text if len(values) <= KEPT_ROWS * len(table.fields) else _text.__wrapped__
    sql = text(table, database.vendor, shape, ends)
    given = [value for value in values if not (value is None or value == "")]
    if not ends[2]:
        run(sql, given)
        return []
    with database.cursor() as cursor:
        if database.vendor == "postgresql":  # psycopg need not look for the places again
            cursor.execute(sql % literals(given))
        else:
            cursor.execute(sql, given)
        return [key for (key,) in cursor.fetchall()]


def _pour(table: _Table, rows: Iterable[Sequence[Any]]) -> None:
    """New rows that are not there: as data behind one statement."""
    database = connections[DEFAULT_DB_ALIAS]
    name = _quoted(table.model._meta.db_table)
    columns = ", ".join(_quoted(field.column) for field in table.fields)
    with database.cursor() as cursor:
        if database.vendor != "postgresql":
            places = ", ".join(["%s"] * len(table.fields))
            cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", list(rows))  # noqa: S608 (our own columns)
            return
        send()
        with database.wrap_database_errors, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def reserved(model: type[Model], count: int) -> Sequence[int]:
    """Keys for new rows that nobody else gets; inside the transaction that writes them."""
    table = model._meta.db_table
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sql, [_quoted(table), model._meta.pk.column, count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = next(iter(cursor.fetchall()), (0,))[0]  # one writer at a time
        return range(last + 1, last + 1 + count)


def _most_values() -> int:
    """How many values one statement may take. psycopg puts them into the text, so there is no limit."""
    if connection.vendor != "sqlite":
        return 1_000_000
    connection.ensure_connection()
    return int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))


def _stored(row: Model, key: Any) -> None:
    row.pk = key
    row._state.adding, row._state.db = False, connection.alias


def _know_related(model: type[Model], rows: Sequence[Model]) -> None:
    """Take the key of a related row that was saved after it was put on this one. :raises ValueError: it is not saved."""
    pointers = [
        (field.name, field.attname, field.target_field.attname)
        for field in _fields(model)
        if isinstance(field, ForeignKey)
    ]
    for row in rows:
        held, related = row.__dict__, row._state.fields_cache
        for name, column, key in pointers:
            if held.get(column) is None and (other := related.get(name)) is not None:
                if other.pk is None:
                    raise ValueError(f"{name} of {model.__name__} is not saved")
                held[column] = other.__dict__[key]


@lru_cache
def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    """What is written of a row: all its columns but a key that the database gives."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField) and not field.generated
    )


@lru_cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """By column its default, and what makes it anew for each row."""
    fields = model._meta.concrete_fields
    made = tuple(
        (field.attname, field.default) for field in fields if field.has_default() and callable(field.default)
    )
    names = {name for name, _make in made}
    return {field.attname: field.get_default() for field in fields if field.attname not in names}, made


@lru_cache
def _key_of(model: type[Model], relation: str) -> str:
    return model._meta.get_field(relation).attname  # type: ignore[union-attr]  # a relation of the model's own


@lru_cache(512)
def _text(table: _Table, _vendor: str, shape: tuple[Any, ...], ends: Ends) -> str:
    return _sql(table, [TEXTS.get(each, "%s") for each in shape], ends)


def _sql(table: _Table, places: Sequence[str], ends: Ends) -> str:
    model = table.model
    unique, update, keys = ends
    columns = {field.name: _quoted(field.column) for field in table.fields}
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
