"""What a database is given for the values of one column: most as they are, without asking its field for each."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field

Column = Sequence[Any]


class JsonText(str):
    """The content of a JSON column, written already."""

    __slots__ = ()


def json_text(value: Any, encoder: type[json.JSONEncoder] | None = None) -> JsonText:
    """A value as JSON, Thai letters as they are: half of what their numbers take."""
    return JsonText(_encoder(encoder or json.JSONEncoder).encode(value))  # type: ignore[arg-type]  # classes are hashable


def ready(field: "Field[Any, Any]", column: Column, plain: frozenset[type[Any]]) -> Column:
    """The values of a column as the driver takes them; ``plain`` by :func:`plain_types`."""
    if plain.issuperset(map(type, column)):
        return column
    if isinstance(field, models.JSONField):
        return [_json(value, field.encoder) for value in column]
    database = connections[DEFAULT_DB_ALIAS]
    known = {value: field.get_db_prep_save(value, database) for value in set(column)}
    return [known[value] for value in column]


def _json(value: Any, encoder: type[json.JSONEncoder] | None) -> JsonText | None:
    return value if value is None or type(value) is JsonText else json_text(value, encoder)


@lru_cache
def _encoder(kind: type[json.JSONEncoder]) -> json.JSONEncoder:
    return kind(ensure_ascii=False, separators=(",", ":"))


_INTEGERS = (
    models.IntegerField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.PositiveBigIntegerField,
    models.BigAutoField,
)
# Types of values that need no preparation, by the exact type of the field: for every driver, and for psycopg.
_EVERYWHERE: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.FloatField: float,
    models.JSONField: JsonText,
    **dict.fromkeys(_INTEGERS, int),
}
_BY_PSYCOPG: dict[type[Any], type[Any]] = {
    models.UUIDField: UUID,
    models.DecimalField: Decimal,
    models.TimeField: time,
    models.DateField: date,
    models.DateTimeField: datetime,
}


def plain_types(field: "Field[Any, Any]", vendor: str) -> frozenset[type[Any]]:
    """The types of values that need no preparation. :raises ValueError: the field sets its time itself."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise ValueError(f"{field.name} sets its time itself")
    kind: Any = type(field.target_field if isinstance(field, models.ForeignKey) else field)
    types = {type(None), _EVERYWHERE.get(kind), _BY_PSYCOPG.get(kind) if vendor == "postgresql" else None}
    return frozenset(each for each in types if each is not None)
