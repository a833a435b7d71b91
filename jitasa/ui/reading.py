"""The one reader of numbers, ids, days, months, UUIDs and pages that stand in addresses and posted fields.

Nothing here raises for what somebody wrote: a value that means nothing is ``None`` (or the default), and
a number is never larger than the database can hold. ``tests/test_reading_rules.py`` keeps ``isdigit`` and
``int(request.GET[…])`` out of every other module: ``"²".isdigit()`` is true, ``int("9" * 4400)`` raises,
and ``2**63`` fits no column.
"""

import json
import math
import re
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from jitasa.thai.dates import parse_date, parse_month
from jitasa.thai.digits import to_arabic
from jitasa.thai.text import clean

BIGGEST_ID = 2**63 - 1  # BigAutoField, and the offset of a query
BIGGEST_NUMBER = 2**31 - 1  # PositiveIntegerField
_DIGITS = re.compile(r"[0-9]+\Z")
UNREADABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL stores no NUL, no encoding a lone surrogate
DEEPEST = 20  # levels of a JSON body
_LONGEST = 64  # characters of a number, a day or a month worth looking at


def are_digits(text: str, *, least: int = 1, most: int = 19) -> bool:
    """Whether ``text`` is ``least`` to ``most`` of the digits 0–9 and nothing else (``²`` and ``๓`` are not)."""
    return least <= len(text) <= most and _DIGITS.match(text) is not None


def digits_or_empty(text: str, *, most: int = 19) -> str:
    """A code of digits as it was written (leading zeros stay), or an empty string."""
    text = text.strip() if len(text) <= _LONGEST else ""
    return text if are_digits(text, most=most) else ""


def whole_number(text: object, *, least: int = 0, most: int = BIGGEST_NUMBER) -> int | None:
    """The number written in ``text`` (Thai or Arabic digits) if it lies in ``least`` … ``most``."""
    text = str(text)
    plain = to_arabic(text.strip()) if len(text) <= _LONGEST else ""
    if not are_digits(plain):
        return None
    number = int(plain)
    return number if least <= number <= most else None


def identifier(text: object) -> int | None:
    """The primary key written in ``text``, if there can be one like it."""
    return whole_number(text, least=1, most=BIGGEST_ID)


def decimal_number(text: str) -> float | None:
    """A finite number with a decimal point (degrees, for instance)."""
    try:
        number = float(to_arabic(text)) if len(text) <= _LONGEST else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def day_or_none(text: str, *, near: date) -> date | None:
    """The day written in ``text`` in any way of :func:`jitasa.thai.dates.parse_date`; ``near`` is today, mostly."""
    try:
        return parse_date(text, near=near) if len(text) <= _LONGEST else None
    except ValueError:
        return None


def month_or_none(text: str) -> date | None:
    """The first day of the month written ``2569-11``."""
    try:
        return parse_month(text) if len(text) <= _LONGEST else None
    except ValueError:
        return None


def uuid_or_none(text: str) -> UUID | None:
    """The UUID written in ``text``."""
    try:
        return UUID(text)
    except ValueError:
        return None


def page_of(request: HttpRequest, rows: Any, size: int, *, name: str = "page") -> Page[Any]:
    """The page of ``rows`` that ``?page=`` asks for: the first for nonsense, the last for too far."""
    text = to_arabic(request.GET.get(name, "").strip()[:_LONGEST])
    return Paginator(rows, size).get_page(text if are_digits(text, most=_LONGEST) else "1")


def json_body(request: HttpRequest) -> Any:
    """The JSON that a program sent, its texts clean. :raises BadRequest: it is none, too deep, or holds NUL."""
    return clean_json(request.body)


def clean_json(text: str | bytes) -> Any:
    """JSON with clean texts. :raises BadRequest: it is none, too deep, holds NUL or a number that is none."""
    try:
        return _clean_json(json.loads(text, parse_constant=_no_number), DEEPEST)
    except (ValueError, RecursionError) as wrong:
        raise BadRequest("JSON") from wrong


def _no_number(text: str) -> None:
    raise ValueError(text)  # NaN and Infinity are no JSON


def _clean_json(value: Any, levels: int) -> Any:
    if levels == 0:
        raise ValueError("deep")
    if isinstance(value, str):
        if UNREADABLE.search(value):
            raise ValueError("NUL")
        return clean(value)
    if isinstance(value, list):
        return [_clean_json(each, levels - 1) for each in value]
    if isinstance(value, dict):
        return {_clean_json(key, 1): _clean_json(each, levels - 1) for key, each in value.items()}
    return value
