"""Where the files of materials lie: ``MEDIA_ROOT/materials/ab/cd/<sha256>/<variant>``, never served directly."""

from pathlib import Path

from django.conf import settings

from jitasa.publicity.choices import Variant


def folder_of(sha256: str) -> Path:
    """The folder of a content. :raises ValueError: it is no SHA-256."""
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.MEDIA_ROOT) / "materials" / sha256[:2] / sha256[2:4] / sha256


def path_of(sha256: str, variant: str) -> Path:
    """One file of it: ``original`` as it came, the others as JPEG."""
    name = Variant(variant).value
    return folder_of(sha256) / (name if name == Variant.ORIGINAL else f"{name}.jpg")
