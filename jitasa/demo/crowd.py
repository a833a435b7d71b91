"""Seeded crowds and identifiers."""

import random
from datetime import datetime
from uuid import UUID

# How a crowd is made up: parts of a hundred, by group code of the department's list.
CROWD = {
    "royal-volunteer": 46,
    "staff": 18,
    "executives": 6,
    "headmen": 8,
    "local-volunteers": 14,
    "schools": 6,
    "volunteer-904": 2,
}


def crowd(people: int, rng: random.Random) -> dict[str, int]:
    """About ``people`` people by group code; groups nobody came from are left out."""
    counts = {code: max(0, round(people * share / 100) + rng.randint(-1, 1)) for code, share in CROWD.items()}
    return {code: count for code, count in counts.items() if count}


def seeded_uuid(at: datetime, rng: random.Random) -> UUID:
    """A version-7 UUID (RFC 9562) of that instant whose random part comes from the seed."""
    value = (int(at.timestamp() * 1000) << 80) | rng.getrandbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)
