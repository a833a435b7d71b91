"""Word's own XML for Thai: complex-script faces and sizes, page numbers, frames, tables without lines."""

import re
import unicodedata
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, RGBColor

from jitasa.documents.words import for_word_processor
from jitasa.faces.fonts import OFFICIAL
from jitasa.thai.digits import to_thai
from jitasa.thai.text import clean

SIZE = 16
LETTER_WIDTH = 0.22  # cm, of one letter of TH Sarabun New in 16 points, on the safe side
# What keeps its digits: addresses of the network, names in Latin letters (PM2.5), as in base.typ.
_KEEPS_DIGITS = re.compile(
    r"(\S*(?:@|://|www\.)\S*|[A-Za-z][A-Za-z.-]*[0-9][A-Za-z0-9.-]*|[0-9][0-9.-]*[A-Za-z][A-Za-z0-9.-]*)"
)


# What must stand after an element of ours: Word wants a fixed order.
AFTER = {
    "w:bCs": ("w:color", "w:sz", "w:szCs", "w:cs", "w:lang"),
    "w:sz": ("w:szCs", "w:cs", "w:lang"),
    "w:szCs": ("w:cs", "w:lang"),
    "w:cs": ("w:lang",),
    "w:framePr": ("w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc"),
    "w:pBdr": ("w:tabs", "w:spacing", "w:ind", "w:jc"),
    "w:tblInd": ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
    "w:pgNumType": ("w:cols", "w:titlePg", "w:docGrid"),
}


def thai(properties: Any, size: float) -> None:
    """Face, size and language of complex script, which is what Thai is to Word."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), OFFICIAL)
    for tag in ("w:sz", "w:szCs"):
        child(properties, tag, **{"w:val": str(int(size * 2))})
    child(properties, "w:lang", **{"w:val": "th-TH", "w:bidi": "th-TH"})


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Set an element of Word's, in the place where Word looks for it."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    following = [each for each in parent if each.tag in {qn(name) for name in AFTER.get(tag, ())}]
    if following:
        following[0].addprevious(element)
    else:
        parent.append(element)
    return element


def run(
    paragraph: Any,
    text: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    color: RGBColor | None = None,
    keep: bool = False,
) -> Any:
    """Text in Thai numerals, its lines ending where ours do; ``keep`` leaves the digits as they are (a number as it was stamped)."""
    # What XML cannot hold leaves: letters kept before texts were cleaned on the way in have some.
    parts = _KEEPS_DIGITS.split(clean(text))
    shown = "".join(part if keep or at % 2 else to_thai(part) for at, part in enumerate(parts))
    made = paragraph.add_run(for_word_processor(shown))
    properties = made._element.get_or_add_rPr()
    if bold:
        made.bold = True
        child(properties, "w:bCs")
    if color is not None:
        made.font.color.rgb = color
    thai(properties, size)
    child(properties, "w:cs")
    return made


def field(paragraph: Any, words: str) -> Any:
    """A run with a field of Word's, such as ``PAGE``. It stands nowhere yet."""
    made = run(paragraph, "")._element
    for kind, text in (("begin", ""), ("", f" {words} "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
            part.set(qn("xml:space"), "preserve")
        made.append(part)
    return made


def frame(paragraph: Any, *, left: int, top: int, width: int, color: str) -> None:
    """Put a paragraph into a box at a place of the paper, in English metric units; those at the same place share the box."""
    properties = paragraph._p.get_or_add_pPr()
    place = {"w:x": left, "w:y": top, "w:w": width}
    child(
        properties, "w:framePr", **{"w:wrap": "around", "w:hAnchor": "page", "w:vAnchor": "page"},
        **{name: str(Length(value).twips) for name, value in place.items()},
    )  # fmt: skip
    borders = child(properties, "w:pBdr")
    for side in ("w:top", "w:left", "w:bottom", "w:right"):
        child(borders, side, **{"w:val": "single", "w:sz": "6", "w:space": "3", "w:color": color})


def width_of(text: str) -> Length:
    """About how wide a line is; marks above and below a letter take no room."""
    letters = sum(1 for letter in text if unicodedata.category(letter) != "Mn")
    return Cm(letters * LETTER_WIDTH)
