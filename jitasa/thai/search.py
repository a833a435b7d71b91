"""One folding for what is stored to be searched and for what people type.

Stored texts hold the words as written and, where it differs, in a folded form; a query is folded, so that every way
to write a thing finds it: Thai and Arabic digits, ำ before or after a tone mark, ๅ for า (ฤๅษี, ฤาษี), invisible letters, capital letters,
names of offices in full, short, with or without dots and spaces (องค์การบริหารส่วนตำบลอ่าวนาง, อบต. อ่าวนาง, อบตอ่าวนาง).
"""

import re

from jitasa.thai.digits import to_arabic
from jitasa.thai.text import search_key

# Kinds of office in full and short, longest first: each becomes its short form without dots, close to its name.
_OFFICES = (
    ("องค์การบริหารส่วนจังหวัด", "อบจ"),
    ("องค์การบริหารส่วนตำบล", "อบต"),
    ("องค์การบริหารส่วนต.", "อบต"),
    ("องค์การบริหารส่วนจ.", "อบจ"),
    ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "สถจ"),
    ("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ", ""),
    ("ท้องถิ่นอำเภอ", ""),
    ("ที่ว่าการอำเภอ", ""),
    ("เทศบาลนคร", "ทน"),
    ("เทศบาลเมือง", "ทม"),
    ("เทศบาลตำบล", "ทต"),
)
# Words before the name of a place say little and are written in many ways: they go.
_PLACES = ("ตำบล", "อำเภอ", "จังหวัด", "กิ่งอำเภอ")
_SHORT_PLACES = ("ต.", "อ.", "จ.")
_NAME = r"(?=[ก-ฮเแโใไA-Za-z0-9])"  # what a name begins with
_FULL = re.compile("|".join(f"(?:{re.escape(full)})" for full, _short in _OFFICES) + "|" + "|".join(_PLACES))
_SHORT_OF = dict(_OFFICES) | dict.fromkeys(_PLACES, "")
_FULL_NAME = re.compile(rf"({_FULL.pattern})\s*{_NAME}")
_SHORT_NAME = re.compile(rf"(?<![ก-๙])(อบจ|อบต|สถจ|ทน|ทม|ทต)(?:\.\s*|\s+){_NAME}")
_PLACE_NAME = re.compile(rf"(?<![ก-๙.])({'|'.join(map(re.escape, _SHORT_PLACES))})\s*{_NAME}")
_DOT_IN_WORD = re.compile(r"(?<=[ก-๙])\.(?=[ก-๙\s]|$)")
# Of what people type: quotation marks and brackets around words; "เทศบาลกระบี่", which does not say of which kind; words
# with a number that belongs to them (ครั้งที่3, มท0808.2/ว123), written with or without a space.
_AROUND = "\"'“”‘’«»‹›„`´()[]{}<>,;!?"
_ANY_TOWN = re.compile(r"^เทศบาล(?!นคร|เมือง|ตำบล)(?=[ก-ฮเแโใไ])")
_NUMBER_OF = re.compile(r"(?<=[ก-๙])(?=[0-9])|(?<=[0-9])(?=[ก-๙])")


def plain(text: str) -> str:
    """One spelling, small letters, Arabic digits: the form in which words are stored as they were written."""
    return to_arabic(search_key(text).replace("ๅ", "า"))


def fold(text: str) -> str:
    """:func:`plain`, with names of offices and places in one short form and without dots between Thai letters."""
    text = _FULL_NAME.sub(lambda match: _SHORT_OF[match[1]], plain(text))
    text = _PLACE_NAME.sub("", _SHORT_NAME.sub(r"\1", text))
    return _DOT_IN_WORD.sub("", text)


def stored(*parts: str) -> str:
    """What is kept to search through: the parts as written, then folded where that says something else."""
    written = plain(" ".join(part for part in parts if part))
    folded = fold(written)
    return written if folded == written else f"{written} {folded}"


def words(typed: str) -> list[str]:
    """The words to look for in what :func:`stored` keeps, all of them; words without letter or digit say nothing.

    Each is folded by itself: what stands behind a space may be another name (อบต อ.เกาะลันตา). A kind of office that stands
    alone is looked for in its short form, and a word such as ตำบล only where nothing else is asked for.
    """
    written = [word for word in _apart(plain(typed)) if any(letter.isalnum() for letter in word)]
    folded = [_folded_alone(word) for word in written]
    return [word for word in folded if word] or written


def _apart(typed: str) -> list[str]:
    """The words as typed, without what stands around them; what may be written with a space is looked for in parts."""
    bare = " ".join(word.strip(_AROUND) for word in typed.split())
    return " ".join(_ANY_TOWN.sub("เทศบาล ", word) for word in _NUMBER_OF.sub(" ", bare).split()).split()


def _folded_alone(word: str) -> str:
    if word in _SHORT_PLACES:
        return ""
    return _SHORT_OF[word] if word in _SHORT_OF else fold(word)
