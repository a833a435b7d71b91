"""Queries of the object mapper whose SQL is made once per thread; afterwards only their values change.

Making the text of a query costs ten times what sending it does (a profile of the road of a record says
so, docs/adr/0034). A :class:`Compiled` query is written as any other, asked with values by name, and
gives the same rows: the mapper still reads them, so converters, ``select_related`` and annotations work.

PostgreSQL keeps the plan, too: a connection prepares each of them once and then names it
(``settings.DATABASE_PREPARES``, docs/adr/0045).
"""

import itertools
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

from jitasa.together import literals

T = TypeVar("T")
Shape = tuple[tuple[str, int], ...]  # how many values stand in each place
PREPARED_MOST = 16  # values in a list of which PostgreSQL keeps a plan; for longer ones it plans anew
KEPT = 16  # shapes of one query that a thread keeps: lists of many lengths are made anew
_DAY = datetime(1801, 1, 1, tzinfo=UTC)
_numbers = itertools.count(1)  # of the queries of this process
_MARKS: Mapping[type, Callable[[int], Any]] = {
    str: lambda n: f"«{n}»",
    int: lambda n: 1_900_000_000 + n,
    UUID: lambda n: UUID(int=(0x6D61726B << 96) + n),
    datetime: lambda n: _DAY + timedelta(days=n),
    date: lambda n: date.fromordinal(_DAY.toordinal() + n),
}


class Compiled(Generic[T]):
    """``build`` makes the query of the values it is given by name; ``types`` says of which type each is.

    ``[int]`` is a list of them. Each value must stand in the query as it is given: not in a slice, a
    pattern or a condition of Python's. ``build`` sees stand-ins instead of values and is called once for
    each thread and length of the lists.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], **types: Any) -> None:
        self._build = build
        self._types = types
        self._kept = threading.local()
        self._number = next(_numbers)

    def rows(self, **values: Any) -> list[T]:
        """The rows for these values."""
        shape = tuple(
            (name, len(values[name])) for name, kind in self._types.items() if isinstance(kind, list)
        )
        if any(length == 0 for _name, length in shape):
            return []
        return self._statement(shape).rows(values)

    def first(self, **values: Any) -> T | None:
        """The first row, or ``None``; the query itself says in which order and how many."""
        return next(iter(self.rows(**values)), None)

    def _statement(self, shape: Shape) -> "_Statement[T]":
        kept: dict[Shape, _Statement[T]] = self._kept.__dict__.setdefault("statements", {})
        found = kept.get(shape)
        if found is None or found.compiler.connection is not connections[DEFAULT_DB_ALIAS]:
            if len(kept) >= KEPT:
                kept.clear()
            found = kept[shape] = _Statement(self._build, self._types, dict(shape), self._number)
        return found


class _Statement(Generic[T]):
    """One text with the places of its values."""

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, T]],
        types: Mapping[str, Any],
        lengths: Mapping[str, int],
        number: int,
    ) -> None:
        marks = _marks(types, lengths)
        self._queryset = build(**marks)
        query: Any = self._queryset.query
        self.compiler = query.get_compiler(using=self._queryset.db)
        self._sql, self._values = self.compiler.as_sql()
        self._places = sorted(_places(self._values, marks), key=lambda place: place[0])
        table = query.model._meta.db_table
        self._name = "_".join([table[:30], str(number), *(str(length) for length in lengths.values())])
        self._prepares = (
            settings.DATABASE_PREPARES
            and connection.vendor == "postgresql"
            and all(length <= PREPARED_MOST for length in lengths.values())
        )
        query.get_compiler = lambda *_args, **_options: self.compiler
        converters = self.compiler.get_converters(
            [each[0] for each in self.compiler.select[: self.compiler.col_count]]
        )
        self.compiler.get_converters = lambda _expressions: converters  # the columns are always the same

    def rows(self, values: Mapping[str, Any]) -> list[T]:
        given = [
            kind(values[name] if index is None else values[name][index])
            for _place, name, index, kind in self._places
        ]
        prepares = self._prepares and not self.compiler.connection.reads_from_replica()
        text = self._prepared(given) if prepares else self._filled(given)
        self.compiler.as_sql = lambda *_args, **_options: text
        queryset: Any = self._queryset
        return list(queryset._iterable_class(queryset))

    def _filled(self, given: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        filled = list(self._values)
        for (place, *_rest), value in zip(self._places, given, strict=True):
            filled[place] = value
        return self._sql, tuple(filled)

    def _prepared(self, given: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """The statement by its name; the connection is told first what the name means, once."""
        database: Any = self.compiler.connection
        database.ensure_connection()
        if self._name not in database.prepared:
            parts = list(literals(self._values))
            for number, (place, *_rest) in enumerate(self._places, 1):
                parts[place] = f"${number}"
            with database.wrap_database_errors:
                database.connection.execute(f"PREPARE {self._name} AS {self._sql % tuple(parts)}")
            database.prepared.add(self._name)
        places = ", ".join(["%s"] * len(given))
        return f"EXECUTE {self._name} ({places})" if given else f"EXECUTE {self._name}", tuple(given)


def _marks(types: Mapping[str, Any], lengths: Mapping[str, int]) -> dict[str, Any]:
    """A stand-in for each value, each different from all others."""
    marks: dict[str, Any] = {}
    number = 0
    for name, kind in types.items():
        one = kind[0] if isinstance(kind, list) else kind
        count = lengths.get(name, 1)
        made = [_MARKS[one](number + n) for n in range(count)]
        number += count
        marks[name] = made if isinstance(kind, list) else made[0]
    return marks


def _places(values: Sequence[Any], marks: Mapping[str, Any]) -> list[tuple[int, str, int | None, Any]]:
    """Where in the text each value stands, and what the database is to be given for it.

    :raises ValueError: a value stands nowhere as it was given.
    """
    places: list[tuple[int, str, int | None, Any]] = []
    for name, mark in marks.items():
        each: list[tuple[int | None, Any]] = (
            list(enumerate(mark)) if isinstance(mark, list) else [(None, mark)]
        )
        for index, one in each:
            wanted = _adapted(one)
            found = [n for n, value in enumerate(values) if value == wanted and not isinstance(value, bool)]
            if not found:
                raise ValueError(f"{name} does not stand in the query as it is given")
            places += [(n, name, index, _kind(values[n])) for n in found]
    return places


def _kind(value: Any) -> Callable[[Any], Any]:
    """Makes of a value what the database adapter was given for the stand-in (psycopg tells sizes of numbers apart)."""
    return type(value) if isinstance(value, int) else _adapted


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
