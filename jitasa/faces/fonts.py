"""Which faces documents are set in.

TH Sarabun New is what official letters are written in (docs/domain.md §5) and the only Thai face tried
whose PDF text comes back letter for letter (docs/dependencies.md §2). Where it is missing, Sarabun stands
in: it looks alike, is set smaller to match, and its copied text may double some marks.
"""

import importlib.util
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

OFFICIAL, SUBSTITUTE = "TH Sarabun New", "Sarabun"
# 16 points of TH Sarabun New are as high as 10.6 points of Sarabun (docs/dependencies.md §2).
SUBSTITUTE_SCALE = 10.6 / 16


@dataclass(frozen=True)
class Face:
    """``scale`` is what a size in points of TH Sarabun New is multiplied by."""

    family: str
    scale: float
    fonts: typst.Fonts


class NoThaiFont(Exception):
    """No Thai face is installed; says the command that installs one."""


def folders() -> list[Path]:
    """Where fonts are looked for: the operator's folder, what set-up fetched, the PyPI package."""
    places = [Path(settings.FONTS_DIR), Path(sys.prefix) / "share" / "jitasa" / "fonts"]
    package = importlib.util.find_spec("fontpkg_sarabun")
    if package is not None and package.submodule_search_locations:
        places += [Path(place) / "files" for place in package.submodule_search_locations]
    return [place for place in places if place.is_dir()]


def face() -> Face:
    """The face to set documents in. :raises NoThaiFont: there is none."""
    return _face(tuple(folders()))


@lru_cache(maxsize=4)
def _face(places: tuple[Path, ...]) -> Face:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(places))
    families = set(fonts.families())
    for family, scale in ((OFFICIAL, 1.0), (SUBSTITUTE, SUBSTITUTE_SCALE)):
        if family in families:
            return Face(family, scale, fonts)
    raise NoThaiFont("ไม่พบแบบอักษรไทยสำหรับเอกสาร รัน scripts/fetch_fonts.sh (no Thai font for documents)")
