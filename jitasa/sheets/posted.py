"""The rows of a sheet on their way through the page that shows them: out as JSON, back as it was or as it was edited."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import BadRequest

from jitasa.activities.services.record_batch import BATCH_MOST
from jitasa.sheets.layout import Column
from jitasa.sheets.reading import CELL_MOST
from jitasa.sheets.sheet_row import SheetRow
from jitasa.ui.reading import clean_json

SHA_LETTERS = 64


def as_text(rows: Sequence[SheetRow]) -> str:
    """``[[line, {column: text}, [doubts], hidden], …]``"""
    return json.dumps(
        [[row.line, dict(row.cells), list(row.doubts), row.hidden] for row in rows], ensure_ascii=False
    )


def rows_in(text: str, columns: Sequence[Column]) -> list[SheetRow]:
    """:raises BadRequest: it is not what :func:`as_text` makes."""
    known = {column.key for column in columns}
    rows = clean_json(text)
    if not isinstance(rows, list) or not 0 < len(rows) <= BATCH_MOST:
        raise BadRequest("rows")
    return [_row(row, known) for row in rows]


def _row(row: Any, known: set[str]) -> SheetRow:
    match row:
        case [int(line), dict(cells), list(doubts), bool(hidden)] if 0 < line < 2**31:
            if all(isinstance(text, str) and len(text) <= CELL_MOST for text in (*cells.values(), *doubts)):
                kept = {name: text.strip() for name, text in cells.items() if name in known}
                return SheetRow(line, kept, tuple(doubts), hidden)
    raise BadRequest("row")


def photos_in(text: str) -> dict[str, str]:
    """Name → hash of the pictures that came with the sheet. Whether the office may use them is the service's to say."""
    photos = clean_json(text or "{}")
    if not isinstance(photos, dict) or not all(_is_hash(sha) for sha in photos.values()):
        raise BadRequest("photos")
    return photos


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and len(value) == SHA_LETTERS and value.isalnum()


def photos_as_text(photos: Mapping[str, str]) -> str:
    return json.dumps(dict(photos), ensure_ascii=False)
