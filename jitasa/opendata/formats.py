"""Rows as CSV, JSON and GeoJSON.

A file is head + pieces joined + tail; a piece holds some rows, and the same rows always give the same
bytes, so that a version can share pieces with the one before.
"""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Protocol

from jitasa.opendata.columns import Column, ValueKind

FORMATS = ("csv", "json", "geojson")
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEXTS = (ValueKind.TEXT, ValueKind.URL)
_SEVERAL = (ValueKind.MAP, ValueKind.LIST)


class Writer(Protocol):
    """Turns rows, values in the order of the columns, into the bytes of a piece."""

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes: ...


class CsvWriter:
    """RFC 4180. A text that a spreadsheet could take for a formula gets an apostrophe before it."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._texts = [index for index, column in enumerate(columns) if column.kind in _TEXTS]
        self._several = [index for index, column in enumerate(columns) if column.kind in _SEVERAL]
        self._booleans = [index for index, column in enumerate(columns) if column.kind is ValueKind.BOOLEAN]
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer, lineterminator="\r\n")

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        self._writer.writerows(map(self._cells, rows))
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text.encode()

    def _cells(self, row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for index in self._several:
            cells[index] = _joined(cells[index])
        for index in self._texts:
            text = cells[index]
            if text and text[0] in _FORMULA:
                cells[index] = f"'{text}"
        for index in self._booleans:
            cells[index] = "true" if cells[index] else "false"
        return cells


def _joined(value: dict[str, Any] | list[str] | None) -> str:
    if not value:
        return ""
    words = [f"{key}={number}" for key, number in value.items()] if isinstance(value, dict) else value
    text = "; ".join(words)
    return f"'{text}" if text[0] in _FORMULA else text


class JsonWriter:
    """One record a line, keys as in the dictionary."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._keys = [column.key for column in columns]
        self._begun = False

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        if not rows:
            return b""
        lines = ",\n".join(_json(self.thing(row)) for row in rows)
        separator = ",\n" if self._begun else ""
        self._begun = True
        return f"{separator}{lines}".encode()

    def thing(self, row: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self._keys, row, strict=True))


class GeoJsonWriter(JsonWriter):
    """RFC 7946 features; what has no place has the geometry ``null``."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(columns)
        placed = "latitude" in self._keys
        self._at = (self._keys.index("longitude"), self._keys.index("latitude")) if placed else None

    def thing(self, row: Sequence[Any]) -> dict[str, Any]:
        return {"type": "Feature", "geometry": self._geometry(row), "properties": super().thing(row)}

    def _geometry(self, row: Sequence[Any]) -> dict[str, Any] | None:
        if self._at is None or row[self._at[0]] is None or row[self._at[1]] is None:
            return None
        return {"type": "Point", "coordinates": [row[self._at[0]], row[self._at[1]]]}


WRITERS: dict[str, type[CsvWriter] | type[JsonWriter]] = {
    "csv": CsvWriter,
    "json": JsonWriter,
    "geojson": GeoJsonWriter,
}


def head(form: str, columns: Sequence[Column], facts: dict[str, Any]) -> bytes:
    """What stands before the first piece; ``facts`` (dataset, version, time) go into JSON."""
    if form == "csv":
        return b"\xef\xbb\xbf" + (",".join(column.key for column in columns) + "\r\n").encode()
    if form == "json":
        return f'{_json(facts)[:-1]},"records":[\n'.encode()
    return f'{{"type":"FeatureCollection",{_json(facts)[1:-1]},"features":[\n'.encode()


def between(form: str) -> bytes:
    """What joins two pieces."""
    return b"" if form == "csv" else b",\n"


def tail(form: str) -> bytes:
    return b"" if form == "csv" else b"\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if whole == value else float(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"no way to write {type(value)}")
