"""Where the orders that set days lie: ``MEDIA_ROOT/occasions/ab/cd/<sha256>``, never served directly."""

from pathlib import Path

from jitasa.files.store import place_of


def path_of(sha256: str) -> Path:
    """The file with that content. :raises ValueError: it is no SHA-256."""
    return place_of("occasions", sha256)
