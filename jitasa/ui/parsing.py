"""What people type into date and number fields, turned into values."""

import re

from jitasa.thai.dates import parse_date
from jitasa.thai.digits import to_arabic

__all__ = ["parse_date", "plain_number"]

_NUMBER_NOISE = re.compile(r"[,\s\u00a0]")


def plain_number(text: str) -> str:
    """A number as typed, with Arabic digits and without the commas and spaces people put in."""
    return _NUMBER_NOISE.sub("", to_arabic(text))
