"""What people type into date and number fields, turned into values."""

import re
from datetime import date

from jitasa.thai.dates import BE_OFFSET, MONTHS, MONTHS_SHORT
from jitasa.thai.digits import to_arabic

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
_WORDS = re.compile(r"^(\d{1,2})\s*([^\d]+?)\s*(\d{4}|\d{2})$")
_NOISE = re.compile(r"^(วัน\S*ที่|วันที่|ที่)\s*|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER_NOISE = re.compile(r"[,\s\u00a0]")


def _bare(name: str) -> str:
    return re.sub(r"[.\s]", "", name)


_MONTH_NUMBER = {
    _bare(name): index for names in (MONTHS, MONTHS_SHORT) for index, name in enumerate(names, 1)
}


def _month(name: str) -> int:
    bare = _bare(name)
    if bare in _MONTH_NUMBER:
        return _MONTH_NUMBER[bare]
    if bare[:3].lower() in _ENGLISH and bare.isascii():
        return _ENGLISH.index(bare[:3].lower()) + 1
    raise ValueError(f"ไม่รู้จักเดือน {name!r}")


def _year(text: str) -> int:
    """The Gregorian year of ``2569``, ``2026`` or ``69`` (two digits are always Buddhist era)."""
    year = int(text)
    if len(text) == 2:
        return 2500 + year - BE_OFFSET
    return year - BE_OFFSET if year > 2400 else year


def parse_date(text: str) -> date:
    """A day written ``22 พ.ย. 2569``, ``22 พฤศจิกายน พ.ศ. 2569``, ``22/11/2569``, ``2026-11-22`` or in Thai digits.

    Years over 2400 are Buddhist era, others Gregorian, two digits Buddhist era (69 is 2569).

    :raises ValueError: when it is no day of the calendar.
    """
    plain = _NOISE.sub("", to_arabic(text).strip()).strip()
    if match := _ISO.match(plain):
        return date(_year(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.match(plain):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _WORDS.match(plain):
        return date(_year(match[3]), _month(match[2]), int(match[1]))
    raise ValueError(f"อ่านวันที่ {text!r} ไม่ได้")


def plain_number(text: str) -> str:
    """A number as typed, with Arabic digits and without the commas and spaces people put in."""
    return _NUMBER_NOISE.sub("", to_arabic(text))
