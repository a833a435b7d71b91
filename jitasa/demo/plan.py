"""What the demonstration will tell: which office did what in which month. Pure, seeded, always the same.

The plan makes every state a screen can show appear at least once: late, returned, nil, draft,
awaiting approval, a photo used twice, an event several offices took part in.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jitasa.demo.stories import STORIES, Story
from jitasa.thai.dates import add_months, last_day, month_of

SEED = 2569
AONANG, KOKKLANG, TOWN = "06810104", "06810304", "04810102"
APPROVING = "06810107"  # อบต.ไสไทย: its head approves before anything is sent


class Fate(StrEnum):
    """Where a record ends."""

    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DRAFT = "draft"
    AWAITING = "awaiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Planned:
    """One record to make. ``guest_of`` names the host's office code for a joint event."""

    office: str
    month: date
    day: date
    story: Story
    seed: int
    fate: Fate
    photos: int
    guest_of: str = ""
    borrowed_photo: bool = False


@dataclass(frozen=True)
class OfficeMonth:
    """What an office states about a month: ``nil``, ``confirmed`` on time or ``late``, or nothing."""

    office: str
    month: date
    statement: str
    records: tuple[Planned, ...]


def plan(offices: Sequence[str], *, today: date, months: int) -> list[OfficeMonth]:
    """The months up to the one of yesterday, oldest first, for the given office codes.

    Of ``today`` nothing is told: what is recorded has happened. So on the first of a month the story ends
    with the month before.
    """
    yesterday = today - timedelta(days=1)
    first = first_month(today, months)
    told: list[OfficeMonth] = []
    for index in range(months):
        month = add_months(first, index)
        newest = index == months - 1
        host = TOWN if index % 2 else AONANG
        rng = random.Random(f"{SEED}:{index}")  # noqa: S311 (a story, not a secret)
        guests = rng.sample([code for code in offices if code != host], 3) if len(offices) > 4 else []
        told += [
            _office_month(code, month, index, host, guests, newest=newest, yesterday=yesterday)
            for code in sorted(offices)
        ]
    return told


def first_month(today: date, months: int) -> date:
    """The oldest of ``months`` that end with the one of yesterday."""
    return add_months(month_of(today - timedelta(days=1)), 1 - months)


def _office_month(
    code: str, month: date, index: int, host: str, guests: Sequence[str], *, newest: bool, yesterday: date
) -> OfficeMonth:
    rng = random.Random(f"{SEED}:{code}:{index}")  # noqa: S311
    last = min(last_day(month), yesterday)
    draw = rng.random()
    if code not in (AONANG, KOKKLANG, APPROVING, host) and code not in guests:
        if draw < 0.08:
            return OfficeMonth(code, month, "nil", ())
        if draw < (0.35 if newest else 0.14):
            return OfficeMonth(code, month, "", ())
    count = 2 if code in (AONANG, TOWN) or draw > 0.82 else 1
    settled = not newest and (yesterday - month).days >= 70  # older months are reviewed to the end
    records = [
        _record(code, month, last, rng, number, newest=newest, settled=settled) for number in range(count)
    ]
    if code in guests and records:
        records[0] = _joint(records[0], host, month, last, index)
    if code == host:
        records[0] = _joint(records[0], "", month, last, index)
    if newest:
        records = [_special(code, record, number) for number, record in enumerate(records)]
    return OfficeMonth(code, month, _statement(code, rng, records, newest=newest), tuple(records))


def _record(
    code: str, month: date, last: date, rng: random.Random, number: int, *, newest: bool, settled: bool
) -> Planned:
    story = rng.choice(STORIES)
    day = month + timedelta(days=rng.randint(0, (last - month).days))
    if newest:
        fate = rng.choices((Fate.SUBMITTED, Fate.ACCEPTED, Fate.DRAFT, Fate.RETURNED), (5, 4, 1, 1))[0]
    elif settled:
        fate = rng.choices((Fate.ACCEPTED, Fate.WITHDRAWN), (60, 1))[0]
    else:
        fate = rng.choices((Fate.ACCEPTED, Fate.SUBMITTED, Fate.RETURNED), (60, 8, 2))[0]
    return Planned(code, month, day, story, rng.randint(1, 10**6) + number, fate, rng.choice((2, 2, 2, 3)))


def _joint(record: Planned, host: str, month: date, last: date, index: int) -> Planned:
    """The month's joint event: same day, same story for host and guests."""
    rng = random.Random(f"{SEED}:joint:{index}")  # noqa: S311
    story = STORIES[index % 3]
    day = month + timedelta(days=rng.randint(0, max(0, (last - month).days)))
    fate = Fate.ACCEPTED if record.fate in (Fate.DRAFT, Fate.WITHDRAWN) else record.fate
    return Planned(record.office, month, day, story, record.seed, fate, 2, guest_of=host)


def _special(code: str, record: Planned, number: int) -> Planned:
    """The newest month shows Anong a returned record and a draft, and Chai a borrowed photo."""
    if code == AONANG:
        fate = Fate.RETURNED if number == 0 else Fate.DRAFT
        return Planned(
            code, record.month, record.day, record.story, record.seed, fate, 3 if number == 0 else 1
        )
    if code == KOKKLANG and number == 0:
        return Planned(
            code, record.month, record.day, record.story, record.seed, Fate.SUBMITTED, 2, borrowed_photo=True
        )
    if code == APPROVING and number == 0:
        return Planned(code, record.month, record.day, record.story, record.seed, Fate.AWAITING, 2)
    return record


def _statement(code: str, rng: random.Random, records: Sequence[Planned], *, newest: bool) -> str:
    if not all(record.fate in (Fate.ACCEPTED, Fate.SUBMITTED) for record in records):
        return ""
    draw = rng.random()
    if newest:
        return "confirmed" if draw < 0.35 and code != KOKKLANG else ""
    return "late" if draw < 0.12 else "confirmed" if draw < 0.93 else ""
