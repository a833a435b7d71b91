"""Thai text: one spelling for what looks the same, a key to search by and a key to sort by."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_MARKS = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"  # tone marks, thanthakhat, nikhahit, yamakkan
_VOWELS_ABOVE_BELOW = "\u0e31\u0e34-\u0e3a\u0e47"
_MARK_BEFORE_VOWEL = re.compile(f"([{_MARKS}]+)([{_VOWELS_ABOVE_BELOW}])")
_REPEATED_MARK = re.compile(f"([{_MARKS}{_VOWELS_ABOVE_BELOW}])\\1+")
_SARA_AM = re.compile(f"\u0e4d([{_MARKS}]?)\u0e32")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_TONES = re.compile("[\u0e47-\u0e4e]")


def normalise(text: str) -> str:
    """One spelling: แ for เเ, ำ for ํา, vowel before tone mark, no invisible letters, single spaces."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    text = text.replace("เเ", "แ")
    text = _SARA_AM.sub("\\1ำ", text)
    text = _MARK_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _REPEATED_MARK.sub(r"\1", text)
    return _SPACES.sub(" ", text).strip()


def search_key(text: str) -> str:
    """What is stored in ``search_text`` and what a query is turned into: normalised, lower case."""
    return normalise(text).lower()


def sort_key(text: str) -> str:
    """A key whose plain order is Thai dictionary order: consonant before leading vowel, tones last."""
    text = _LEADING_VOWEL.sub(r"\2\1", normalise(text).lower())
    return f"{_TONES.sub('', text)}\u0001{''.join(_TONES.findall(text))}"
