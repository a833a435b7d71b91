"""Decisions about the second factor and about how fresh a sign-in is, from given facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

STEP = 30  # seconds of one code of an authenticator app (RFC 6238)
STEPS_AROUND = 1  # clocks of telephones differ: the code before and the one after are taken, too
CODE_SIGNS = str.maketrans({" ": "", "-": "", "\u00a0": ""} | {chr(0x0E50 + n): str(n) for n in range(10)})


def clean_code(text: str) -> str:
    """A code as typed: without spaces and dashes, Thai digits as Arabic ones."""
    return text.translate(CODE_SIGNS).strip()


def steps_around(now: datetime) -> range:
    """The time steps whose codes are taken at ``now``, the oldest first."""
    step = int(now.timestamp()) // STEP
    return range(step - STEPS_AROUND, step + STEPS_AROUND + 1)


def is_fresh(
    records: Sequence[Mapping[str, Any]], *, has_second_factor: bool, now: datetime, minutes: int
) -> bool:
    """Whether the person has shown in the last ``minutes`` that it is she.

    ``records`` are what this session has seen: ``{"method": "password"|"mfa"|"socialaccount", "at": epoch
    seconds}``. Whoever has a second factor must have used it; a password alone does not count then. A
    record from the future (the clock was set back) counts for nothing.
    """
    for record in records:
        age = now.timestamp() - float(record.get("at", 0))
        is_enough = record.get("method") == "mfa" or not has_second_factor
        if is_enough and 0 <= age < minutes * 60:
            return True
    return False
