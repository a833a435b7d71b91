"""Thai text: one spelling for what looks the same, a key to search by and a key to sort by."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_MARKS = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")  # tones, thanthakhat, nikhahit, yamakkan
_NIKHAHIT = "\u0e4d"
# A run of vowels and marks above and below, and the sara aa after it.
_CLUSTER = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)(\u0e32?)")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_TONES = re.compile("[\u0e47-\u0e4e]")


def normalise(text: str) -> str:
    """One spelling: แ for เเ, ำ for ํา, vowel before tone mark, no invisible letters, single spaces."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    text = text.replace("เเ", "แ")
    text = _CLUSTER.sub(_one_order, text)
    return _SPACES.sub(" ", text).strip()


def _one_order(match: re.Match[str]) -> str:
    """Vowels before marks, each once; nikhahit and sara aa become sara am."""
    letters, tail = set(match[1]), match[2]
    if tail and _NIKHAHIT in letters:
        letters.discard(_NIKHAHIT)
        tail = "ำ"
    order = sorted(letters, key=lambda letter: (letter in _MARKS, unicodedata.combining(letter), letter))
    return "".join(order) + tail


def search_key(text: str) -> str:
    """What is stored in ``search_text`` and what a query is turned into: normalised, lower case."""
    return normalise(text).lower()


def sort_key(text: str) -> str:
    """A key whose plain order is Thai dictionary order: consonant before leading vowel, tones last."""
    text = _LEADING_VOWEL.sub(r"\2\1", normalise(text).lower())
    return f"{_TONES.sub('', text)}\u0001{''.join(_TONES.findall(text))}"
