"""Where the pictures lie: under ``MEDIA_ROOT``, named by their content (:mod:`jitasa.files.store`).

``originals/ab/cd/<sha256>`` holds what was sent and is never served. ``published/ab/cd/<sha256>/``
holds the three re-encoded sizes. ``incoming/`` holds what is just arriving.
"""

from pathlib import Path

from jitasa.files.store import INCOMING, incoming, keep, keep_all, place_of, write_incoming
from jitasa.photos.choices import Size


def original(sha256: str) -> Path:
    return place_of("originals", sha256)


def published(sha256: str, size: str) -> Path:
    return published_folder(sha256) / f"{Size(size).value}.jpg"


def published_folder(sha256: str) -> Path:
    return place_of("published", sha256)


__all__ = [
    "INCOMING",
    "incoming",
    "keep",
    "keep_all",
    "original",
    "published",
    "published_folder",
    "write_incoming",
]
