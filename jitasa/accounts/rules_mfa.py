"""Decisions about the second factor and about how fresh a sign-in is, from given facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

STEP = 30  # seconds of one code of an authenticator app (RFC 6238)
STEPS_AROUND = 1  # clocks of telephones differ: the code before and the one after are taken, too
CODE_SIGNS = str.maketrans({" ": "", "-": "", "\u00a0": ""} | {chr(0x0E50 + n): str(n) for n in range(10)})


@dataclass(frozen=True)
class Limit:
    """So many wrong proofs in a time, then no more until the first of them is that old."""

    most: int
    span: timedelta


# Six digits are guessed in a million. From one network few tries; from everywhere together so many a day
# that guessing is hopeless, and that whoever knows the password cannot soon shut the owner out with it.
FROM_ONE_NETWORK = Limit(5, timedelta(minutes=15))
FROM_EVERYWHERE = Limit(30, timedelta(hours=24))


def clean_code(text: str) -> str:
    """A code as typed: without spaces and dashes, Thai digits as Arabic ones."""
    return text.translate(CODE_SIGNS).strip()


def steps_around(now: datetime) -> range:
    """The time steps whose codes are taken at ``now``, the oldest first."""
    step = int(now.timestamp()) // STEP
    return range(step - STEPS_AROUND, step + STEPS_AROUND + 1)


def open_again_at(failures: Iterable[datetime], limit: Limit, now: datetime) -> datetime | None:
    """When a proof may be tried again, from the times of the wrong ones; nothing if it may be now."""
    recent = sorted((at for at in failures if at > now - limit.span), reverse=True)
    return recent[limit.most - 1] + limit.span if len(recent) >= limit.most else None


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
