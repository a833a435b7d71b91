"""Pages by key instead of by offset: any page of a list of millions costs what its rows cost.

A page is named by the last row of the one before it (``after``), by the first row of the one behind it (``before``), or
is the last (``page=last``), read from the end. Rows that come in or go meanwhile move no other row to another page.
How many rows there are is counted to ``MOST_COUNTED`` and no further (``Counted``).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, ValidationError
from django.db import connection
from django.db.models import DateTimeField, Field, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from jitasa.ui.reading import UNREADABLE

MOST_COUNTED = 10_000
LAST = "last"
LONGEST = 2000  # characters of a place in a list
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Counted:
    """How many rows there are, at most ``MOST_COUNTED`` of them counted."""

    number: int

    @classmethod
    def of(cls, rows: QuerySet[Any, Any], most: int = MOST_COUNTED) -> Self:
        return cls(rows.order_by().values("pk")[: most + 1].count())

    @property
    def most(self) -> int:
        """So many there are at least, when there are more."""
        return MOST_COUNTED

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.number > MOST_COUNTED

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        if self.more:
            return _("มากกว่า %s") % f"{MOST_COUNTED:,}"
        return f"{self.number:,}"


def counted(**lists: QuerySet[Any, Any]) -> dict[str, Counted]:
    """Several lists counted to ``MOST_COUNTED``, in one statement."""
    texts, values = [], list[Any]()
    for rows in lists.values():
        try:
            text, given = rows.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            text, given = "SELECT 1 WHERE 1 = 0", ()
        texts.append(f"(SELECT COUNT(*) FROM ({text}) counted)")  # noqa: S608 (a query of the mapper's)
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", values)
        found = cursor.fetchone()
    return {name: Counted(number) for name, number in zip(lists, found, strict=True)}


@dataclass(frozen=True)
class Key:
    """One column of the order. ``nullable``: rows without a value stand where the database puts them."""

    name: str
    descending: bool
    field: "Field[Any, Any]"

    def of(self, row: Model) -> Any:
        found: Any = row
        for part in self.name.split("__"):
            found = getattr(found, part)
        return found

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, backwards: bool, or_same: bool = False) -> Q:
        """Rows further on. Where nothing is stored counts as the biggest on PostgreSQL, as the smallest on SQLite."""
        falls = self.descending != backwards
        nulls_beyond = self.field.null and (connection.vendor == "postgresql") != falls
        if value is None:
            wanted = Q(pk__in=[]) if nulls_beyond else Q(**{f"{self.name}__isnull": False})
            return wanted | self.same(None) if or_same else wanted
        wanted = Q(**{f"{self.name}__{'lt' if falls else 'gt'}{'e' if or_same else ''}": value})
        return wanted | self.same(None) if nulls_beyond else wanted


def keys_of(model: type[Model], order: Sequence[str]) -> list[Key]:
    """The columns of an order that ends with ``id``, so that no two rows are equal in it."""
    return [
        Key(name.removeprefix("-"), name.startswith("-"), _field(model, name.removeprefix("-")))
        for name in order
    ]


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    first, _dot, rest = name.partition("__")
    found = model._meta.get_field(first)
    if rest and found.related_model is not None and not isinstance(found.related_model, str):
        return _field(found.related_model, rest)
    if not isinstance(found, Field):
        raise FieldDoesNotExist(name)
    return found


def beyond(keys: Sequence[Key], values: Sequence[Any], *, backwards: bool = False) -> Q:
    """Rows behind (``backwards``: before) the place that ``values`` name.

    The first column stands alone as well, so that an index on it is entered at the place and not at its beginning.
    """
    found = Q(pk__in=[])
    for number, key in enumerate(keys):
        same = Q()
        for earlier, value in zip(keys[:number], values, strict=False):
            same &= earlier.same(value)
        found |= same & key.beyond(values[number], backwards=backwards)
    return keys[0].beyond(values[0], backwards=backwards, or_same=True) & found


@dataclass
class KeyPage(Generic[Row]):
    """One page. ``before`` and ``after`` name the pages beside it, empty where there is none.

    ``asked`` is the part of the address that asks for this very page, empty for the first.
    """

    object_list: list[Row]
    count: Counted
    before: str = ""
    after: str = ""
    asked: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)


def key_page(
    query: Mapping[str, str],
    rows: QuerySet[Row],
    size: int,
    *,
    count: Counted,
    dress: Callable[[QuerySet[Row]], QuerySet[Row]] | None = None,
) -> KeyPage[Row]:
    """The page that the address asks for (``after``, ``before``, ``page=last``); the first for nonsense.

    ``rows`` are ordered by names of columns, the last of them ``id``; ``count`` is theirs. ``dress`` adds what a line
    shows beside the row itself (related rows, annotations).
    """
    keys = keys_of(rows.model, [str(name) for name in rows.query.order_by])
    after = _place(keys, query.get("after", ""))
    before = None if after else _place(keys, query.get("before", ""))
    backwards = after is None and (before is not None or query.get("page") == LAST)
    place = after or before
    found = rows.filter(beyond(keys, place, backwards=backwards)) if place is not None else rows
    if not count.more and connection.vendor == "postgresql":
        found = _gathered(found, keys, size + 1, backwards=backwards)
    elif backwards:
        found = found.reverse()
    if dress is not None:
        found = dress(found)
    got = list(found[: size + 1])
    if not got and place is not None:
        return key_page({}, rows, size, count=count, dress=dress)
    more, shown = len(got) > size, got[:size][:: -1 if backwards else 1]
    page = KeyPage(shown, count, asked=_asked(query, after=after, before=before, backwards=backwards))
    if shown and (more if backwards else after is not None):
        page.before = _written(keys, shown[0])
    if shown and (before is not None if backwards else more):
        page.after = _written(keys, shown[-1])
    return page


def _gathered(rows: QuerySet[Row], keys: Sequence[Key], most: int, *, backwards: bool) -> QuerySet[Row]:
    """The first rows of a list that is not long: its keys are found and sorted, and only these rows are read.

    Along the order the database might pass millions of others before it has found them; it cannot know how rare
    they are, so it is told by a limit that it does not look through (PostgreSQL).
    """
    base, order = rows.model._default_manager.all(), rows.query.order_by
    try:
        inner, values = (
            rows.order_by()
            .values_list(*(key.name for key in keys))[: MOST_COUNTED + 1]
            .query.sql_with_params()
        )
    except EmptyResultSet:
        return rows.none()
    sides = ", ".join(
        f"k{n} {'DESC' if key.descending != backwards else 'ASC'}" for n, key in enumerate(keys)
    )
    columns = ", ".join(f"k{n}" for n in range(len(keys)))
    text = (
        f"SELECT k{len(keys) - 1} FROM ({inner}) found ({columns})"  # noqa: S608 (a query of the mapper's)
        f" ORDER BY {sides} LIMIT {most}"
    )
    found = base.filter(pk__in=RawSQL(text, values)).order_by(*order)  # noqa: S611 (as above)
    return found.reverse() if backwards else found


def _asked(query: Mapping[str, str], *, after: object, before: object, backwards: bool) -> str:
    if after is not None:
        return urlencode({"after": query["after"]})
    if before is not None:
        return urlencode({"before": query["before"]})
    return urlencode({"page": LAST}) if backwards else ""


def _written(keys: Sequence[Key], row: Model) -> str:
    """The place of a row as it stands in an address."""
    values = [_json(key.of(row)) for key in keys]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value  # a datetime is a date


def _place(keys: Sequence[Key], text: str) -> list[Any] | None:
    """The values of a place, or nothing when the text names none."""
    if not text or len(text) > LONGEST:
        return None
    try:
        given = json.loads(text)
        if not isinstance(given, list) or len(given) != len(keys):
            return None
        return [_value(key.field, value) for key, value in zip(keys, given, strict=True)]
    except (ValidationError, ValueError, TypeError, OverflowError, RecursionError):
        return None


def _value(field: "Field[Any, Any]", value: object) -> Any:
    """What a column may hold. :raises ValidationError: it cannot hold this."""
    if value is None and field.null:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int) or UNREADABLE.search(str(value)):
        raise ValidationError("type")
    if isinstance(field, DateTimeField):
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValidationError("zone")
        return moment
    found = field.to_python(value)
    field.run_validators(found)
    return found
