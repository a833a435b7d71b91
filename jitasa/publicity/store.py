"""Where the files of materials lie: ``MEDIA_ROOT/materials/ab/cd/<sha256>/<variant>``, never served directly."""

from pathlib import Path

from jitasa.files.store import place_of
from jitasa.publicity.choices import Variant


def folder_of(sha256: str) -> Path:
    """The folder of a content. :raises ValueError: it is no SHA-256."""
    return place_of("materials", sha256)


def path_of(sha256: str, variant: str) -> Path:
    """One file of it: ``original`` as it came, the others as JPEG."""
    name = Variant(variant).value
    return folder_of(sha256) / (name if name == Variant.ORIGINAL else f"{name}.jpg")
