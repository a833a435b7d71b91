"""Where the files of compilations lie."""

from pathlib import Path

from jitasa.files.store import place_of

EXPORTS = "exports"


def path_of(sha256: str) -> Path:
    """Where content of kept files lies: ``MEDIA_ROOT/exports/ab/cd/<sha256>``, never served directly."""
    return place_of(EXPORTS, sha256)
