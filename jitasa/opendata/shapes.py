"""Pure changes from a stored value to a published one."""

import re
from datetime import date
from functools import cache
from typing import Any

from jitasa.organizations.selectors import geography
from jitasa.thai.dates import fiscal_year

HIDDEN = "[…]"
# Names and places are typed by people: numbers that lead to a person are taken out whoever typed them.
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBER = re.compile(r"(?<![\d๐-๙])[\d๐-๙](?:[\s.\-]?[\d๐-๙]){8,12}(?![\d๐-๙])")


def without_contacts(text: str) -> str:
    """The text without e-mail addresses, telephone numbers and 13-digit citizen numbers."""
    if "@" in text:
        text = _MAIL.sub(HIDDEN, text)
    return _NUMBER.sub(HIDDEN, text)


@cache
def month(day: date) -> str:
    """``2026-11``: ISO 8601, as programs read it."""
    return f"{day.year}-{day.month:02}"


@cache
def fiscal(day: date) -> int:
    return fiscal_year(day)


def web_address(text: str) -> str | None:
    """The address if a browser opens it safely, else nothing."""
    return text if text.startswith(("https://", "http://")) else None


def empty_as_none(text: str) -> str | None:
    return text or None


def province_of(number: str) -> str:
    """A receipt number begins with the code of the province that gave it."""
    return number[:2]


@cache
def tambon_name(code: str) -> str | None:
    found = geography.tambon(code)
    return found.name_th if found else None


def district_code(code: str) -> str | None:
    return code[:4] or None


@cache
def district_name(code: str) -> str | None:
    found = geography.district(code[:4])
    return found.name_th if found else None


@cache
def province_name(code: str) -> str | None:
    found = geography.province(code[:2])
    return found.name_th if found else None


def money(value: Any) -> float | None:
    """Baht with two decimals."""
    return None if value is None else round(float(value), 2)
