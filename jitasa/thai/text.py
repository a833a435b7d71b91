"""Thai text: one spelling for what looks the same, a key to search by and a key to sort by."""

import re
import unicodedata

_MARKS = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")  # tones, thanthakhat, nikhahit, yamakkan
_NIKHAHIT = "\u0e4d"
# Vowels and marks above and below that may stand in another order (one alone may not, but for the nikhahit of
# a sara am), and the sara aa after them.
_CLUSTER = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}|\u0e4d(?=\u0e32))(\u0e32?)")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_TONES = re.compile("[\u0e47-\u0e4e]")
_AM_AMONG_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]*")
# --- what :func:`clean` takes out (Unicode 15: general categories Cc, Cf, Cs, Co's neighbours, fillers) -----
_LINE_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # no width, or blank, and no space either
_JOINER = "\u200d"
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    f"\U000e0000-\U000e001f\U000e0080-\U000e0fff{_FILLERS}]"
    "|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
# Letters of old Thai typefaces that stand a little lower or further left: what is copied from PDFs holds them.
_OLD_FACES = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ุู\u0e3a", strict=True))
_PICTURE = "[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]"
# A joiner that joins no two parts of one emoji, and letters of a flag's name (tags) without their flag.
_LOOSE_JOINER = re.compile(f"(?<!{_PICTURE}){_JOINER}|{_JOINER}(?!{_PICTURE})")
_LOOSE_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
# A choice between two looks of a letter, where no picture, key or sign with two looks stands before it.
_LOOSE_LOOK = re.compile(
    "[\ufe00-\ufe0d]|(?<![\u00a9\u00ae\u2010-\u3299\U0001f000-\U0001faff0-9#*])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?!\u20e3)"
)
# Where :func:`clean` may have something to do: another letter than those of ASCII and Thai, and Thai letters in another
# order than a vowel and then one mark. Nearly all texts have none of it, and one look tells.
_UNUSUAL = re.compile(
    "[^\t\n\r -~\u0e01-\u0e3a\u0e3f-\u0e5b]"
    "|เเ"
    "|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][\u0e31\u0e34-\u0e3a\u0e47]"
    "|[\u0e48-\u0e4e][\u0e48-\u0e4e]"
    "|\u0e4d\u0e32"
    "|\u0e33[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]"
)


def clean(text: str) -> str:
    """Text as it may be stored: what came in, less the letters that nobody sees and in one order.

    Control, direction and invisible letters go (joiners and choices of look stay in emoji), vertical tab, form feed and
    the other separators of lines become line breaks, letters of old Thai typefaces the usual ones, and Thai
    vowels and marks stand in the one order that all software reads: แ for เเ, ำ after its tone mark. Spaces,
    tabs and line breaks stay.
    """
    if _UNUSUAL.search(text) is None:
        return text
    text = _NOTHING.sub("", text.translate(_LINE_BREAKS | _OLD_FACES))
    text = _LOOSE_LOOK.sub("", text)
    text = _LOOSE_TAGS.sub("", _LOOSE_JOINER.sub("", text))
    return thai_order(unicodedata.normalize("NFC", text))


def thai_order(text: str) -> str:
    """One order of Thai letters that look the same: แ for เเ, ำ for ํา, vowel before tone mark before ำ."""
    text = _CLUSTER.sub(_one_order, text.replace("เเ", "แ"))
    if "\u0e33" not in text:
        return text
    return _AM_AMONG_MARKS.sub(_am_last, text)


def normalise(text: str) -> str:
    """One line in one spelling: :func:`clean`, with single spaces."""
    return " ".join(clean(text).split())


def _one_order(match: re.Match[str]) -> str:
    """Vowels before marks, each once; nikhahit and sara aa become sara am."""
    letters, tail = set(match[1]), match[2]
    if tail and _NIKHAHIT in letters:
        letters.discard(_NIKHAHIT)
        tail = "ำ"
    return _sorted(letters) + tail


def _am_last(match: re.Match[str]) -> str:
    """What belongs above or below stands before the sara am."""
    letters = match[0]
    return _sorted(set(letters) - {"ำ"}) + "ำ" * letters.count("ำ")


def _sorted(letters: set[str]) -> str:
    order = sorted(letters, key=lambda letter: (letter in _MARKS, unicodedata.combining(letter), letter))
    return "".join(order)


def search_key(text: str) -> str:
    """What is stored in ``search_text`` and what a query is turned into: normalised, lower case."""
    return normalise(text).replace(_JOINER, "").lower()


def sort_key(text: str) -> str:
    """A key whose plain order is Thai dictionary order: consonant before leading vowel, tones last."""
    text = _LEADING_VOWEL.sub(r"\2\1", normalise(text).lower())
    return f"{_TONES.sub('', text)}\u0001{''.join(_TONES.findall(text))}"
