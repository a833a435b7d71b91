"""Which letters documents cannot be set with: said when they are typed, instead of empty boxes in the PDF.

The faces at hand (``fonts``: the official one and what typst carries) are asked by drawing: a letter that no
face has is drawn as the same box as one that cannot exist.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import typst
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jitasa.faces.fonts import Face, NoThaiFont, face

# What every face in question has, and what is never drawn by itself: most texts end here.
_KNOWN = re.compile("[^\\s\x20-\x7e\u0e01-\u0e3a\u0e3f-\u0e5b\u2010-\u2015\u2018-\u201d\u2022\u2026]")
_MODIFIERS = range(0x1F3FB, 0x1F400)  # colours of skin, drawn with the emoji before them
MOST_LETTERS = 40  # different ones looked at in one text
_NO_LETTER = "\U0010fffd"
_SHARP = 36  # dots per inch: a box is told from a letter


def undrawn(text: str) -> list[str]:
    """The letters of a text that no face of ours has, each once, in their order (the first ``MOST_LETTERS``)."""
    unusual = [letter for letter in dict.fromkeys(_KNOWN.findall(text)) if _stands_alone(letter)]
    if not unusual:
        return []
    try:
        letters = face()
    except NoThaiFont:
        return []  # documents cannot be made at all, and say so themselves
    return [letter for letter in unusual[:MOST_LETTERS] if not _is_drawn(letter, letters.family)]


def problem(text: str) -> str:
    """What to do about letters that cannot be drawn; empty when there are none."""
    found = undrawn(text)
    if not found:
        return ""
    return _("พิมพ์ %(letters)s ในเอกสารไม่ได้ แบบอักษรราชการไม่มีตัวนี้ ลบออก หรือเขียนเป็นคำแทน") % {
        "letters": " ".join(found[:10])
    }


def drawn_only(text: str) -> None:
    """A form field's validator. :raises ValidationError: naming the letters."""
    if words := problem(text):
        raise ValidationError(words, code="undrawn")


def _stands_alone(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Mn", "Me", "Cf", "Cc") and ord(letter) not in _MODIFIERS


@lru_cache(maxsize=4096)
def _is_drawn(letter: str, family: str) -> bool:
    return _picture(letter, face()) != _box(family)


@lru_cache(maxsize=4)
def _box(_family: str) -> bytes:
    return _picture(_NO_LETTER, face())


def _picture(letter: str, letters: Face) -> bytes:
    source = (
        f'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "{letters.family}")\n'
        f"#str.from-unicode({ord(letter)})"
    )
    options: dict[str, Any] = {
        "font_paths": letters.fonts,
        "ignore_system_fonts": True,
        "format": "png",
        "ppi": _SHARP,
    }
    made: Any = typst.compile(source.encode(), **options)
    return bytes(made)
