"""File names as people sent them."""

import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _

from jitasa.thai.text import normalise

LONGEST = 200
_THAI = re.compile("[\u0e00-\u0e7f]{3}")  # three in a row: "Café" stays what it is
_HALF_LOST = re.compile("à[¸¹]")
_SEPARATORS = re.compile(r"[/\\]")


def clean_name(name: str) -> str:
    """A name fit to show: no folders, no control characters, Thai mended, at most 200 characters.

    Some clients send Thai in a multipart header that is then read as Latin-1 ("à¸ à¸²à¸") or as
    code page 1252; both are turned back (docs/dependencies.md §2). Django has dropped the bytes that are
    control characters there: such a name cannot be saved and becomes a plain "ภาพ".
    """
    name = _SEPARATORS.split(_mended(name))[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    name = normalise(name)
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    return (
        f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}" if len(ending) < 10 and stem else name[:LONGEST]
    )


def _mended(name: str) -> str:
    for wrong, right in (("latin-1", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "cp874")):
        if right == "cp874" and _HALF_LOST.search(name):
            return f"{_('ภาพ')}{PurePath(name).suffix}"
        try:
            better = name.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if _THAI.search(better) and not _THAI.search(name):
            return better
    return name
