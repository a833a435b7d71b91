"""Where enclosures, scans and answers lie: ``MEDIA_ROOT/letters/ab/cd/<sha256>``, never served directly."""

from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """The file with that content. :raises ValueError: it is no SHA-256."""
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.MEDIA_ROOT) / "letters" / sha256[:2] / sha256[2:4] / sha256
