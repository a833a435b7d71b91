"""Drawn cards on this machine's disk: named by the hash of what is in them, and never more than so much.

Losing the folder costs time only. A disk that is full or read-only is no reason to refuse a card.
"""

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings

# Sixteen folders by the first letter of the hash; in each the longest unused go first.
MOST_BYTES_A_FOLDER = 32 * 1024 * 1024

log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the cards lie: beside the data, never in it, so that no backup carries them."""
    return Path(settings.DATA_DIR) / "cache" / "cards"


def read(key: str) -> bytes | None:
    """The card of this hash, noted as used just now; ``None`` when it must be drawn."""
    path = _path(key)
    try:
        body = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return body


def write(key: str, body: bytes) -> None:
    """Keep a card, whole or not at all, and make room for it."""
    path = _path(key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(temporary).replace(path)
        _make_room(path.parent)
    except OSError as error:
        log.warning("a drawn card could not be kept: %s", error)


def _path(key: str) -> Path:
    return folder() / key[0] / f"{key}.png"


def _make_room(shelf: Path) -> None:
    """Remove the longest unused of a folder until the rest fits."""
    total = 0
    newest_first = sorted(
        ((each.stat().st_mtime_ns, each) for each in shelf.iterdir()), key=lambda pair: pair[0], reverse=True
    )
    for _used, path in newest_first:
        total += path.stat().st_size
        if total > MOST_BYTES_A_FOLDER:
            path.unlink(missing_ok=True)
