"""Queries of the object mapper whose SQL is made once per thread; afterwards only their values change.

Making the text of a query costs ten times what sending it does (a profile of the road of a record says
so, docs/adr/0034). A :class:`Compiled` query is written as any other, asked with values by name, and
gives the same rows: the mapper still reads them, so converters, ``select_related`` and annotations work.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

T = TypeVar("T")
Shape = tuple[tuple[str, int], ...]  # how many values stand in each place
KEPT = 16  # shapes of one query that a thread keeps: lists of many lengths are made anew
_DAY = datetime(1801, 1, 1, tzinfo=UTC)
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
            found = kept[shape] = _Statement(self._build, self._types, dict(shape))
        return found


class _Statement(Generic[T]):
    """One text with the places of its values."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, T]], types: Mapping[str, Any], lengths: Mapping[str, int]
    ) -> None:
        marks = _marks(types, lengths)
        self._queryset = build(**marks)
        query: Any = self._queryset.query
        self.compiler = query.get_compiler(using=self._queryset.db)
        self._sql, self._values = self.compiler.as_sql()
        self._places = _places(self._values, marks)
        query.get_compiler = lambda *_args, **_options: self.compiler

    def rows(self, values: Mapping[str, Any]) -> list[T]:
        filled = list(self._values)
        for place, name, index, kind in self._places:
            value = values[name] if index is None else values[name][index]
            filled[place] = kind(value)
        self.compiler.as_sql = lambda *_args, **_options: (self._sql, tuple(filled))
        queryset: Any = self._queryset
        return list(queryset._iterable_class(queryset))


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
