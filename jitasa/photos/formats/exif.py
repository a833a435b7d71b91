"""The three things wanted from EXIF: when, where, which way up (CIPA DC-008).

EXIF is written by a thousand programs, often wrongly: whatever cannot be read is left out, and no
picture is refused because of it.
"""

import contextlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from jitasa.thai.dates import BANGKOK, BE_OFFSET, day_of

ORIENTATION, CHANGED = 0x0112, 0x0132
EXIF_TABLE, GPS_TABLE = 0x8769, 0x8825
# When it was taken, made digital, changed: each with the tag of its zone.
MOMENTS = ((0x9003, 0x9011), (0x9004, 0x9012), (CHANGED, 0x9010))
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE, GPS_TIME, GPS_DATE = 1, 2, 3, 4, 7, 29
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
TEXTS, NUMBERS, FRACTIONS = (1, 2, 7), {3: "H", 4: "I", 8: "h", 9: "i", 13: "I"}, {5: "I", 10: "i"}
OTHER_ORDER = {"<": ">", ">": "<"}
MOST_TAGS = 200
MOST_BYTES = 256
# Programs write a few bytes before the TIFF header: a second "Exif", a length.
MOST_BEFORE = 64
# The same box as the constraint on a record's point.
SOUTH, NORTH, WEST, EAST = 5.0, 21.0, 97.0, 106.0
OLDEST_YEAR = 1990
# Separators of all kinds, blanks for leading noughts, with or without seconds, parts of them and zone.
_MOMENT = re.compile(
    r"(\d{4})[:/.-]([ \d]?\d)[:/.-]([ \d]?\d)[ T]+([ \d]?\d):([ \d]?\d)(?::([ \d]?\d)(?:[.,]\d+)?)?"
    r"[ ]*(Z|[+-]\d{1,2}:?\d\d)?"
)
_GPS_DAY = re.compile(r"(\d{4})[:/.-]([ \d]?\d)[:/.-]([ \d]?\d)")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)")
_HEADER = re.compile(rb"II\*\0|MM\0\*|II\0\*|MM\*\0")

Tags = Mapping[int, tuple[int, bytes]]


@dataclass(frozen=True)
class ExifFacts:
    """``taken_at`` is aware; the point is in degrees and only given inside Thailand; 1 is upright."""

    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    orientation: int = 1


def read_exif(block: bytes, *, now: datetime) -> ExifFacts:
    """Facts of an EXIF block; ``now`` bounds a camera clock that runs ahead (by a day at most)."""
    head = _HEADER.search(block, 0, MOST_BEFORE)
    if head is None:
        return ExifFacts()
    block = block[head.start() :]
    order = "<" if block[2:4] == b"*\0" else ">"  # the number 42 says it; the letters are sometimes wrong
    with contextlib.suppress(struct.error, ValueError, ArithmeticError):
        tables = {each: _tags(block, each, _number(block, each)) for each in (order, OTHER_ORDER[order])}
        order = max(tables, key=lambda each: len(tables[each]))  # a table in the other order than announced
        main = tables[order]
        exif, gps = _linked(block, order, main, EXIF_TABLE), _linked(block, order, main, GPS_TABLE)
        latitude, longitude = _point(gps, order)
        taken_at = _taken_at(main, exif, gps, order, now)
        return ExifFacts(taken_at, latitude, longitude, _orientation(main, order))
    return ExifFacts()


def _number(block: bytes, order: str) -> int:
    """Where the first table stands."""
    at: int = struct.unpack_from(f"{order}I", block, 4)[0]
    return at


def _tags(block: bytes, order: str, at: int) -> Tags:
    """One table: tag → (type, bytes). Entries that point outside the block are skipped."""
    if at + 2 > len(block):
        return {}
    found: dict[int, tuple[int, bytes]] = {}
    count = min(struct.unpack_from(f"{order}H", block, at)[0], MOST_TAGS)
    for number in range(count):
        entry = at + 2 + number * 12
        if entry + 12 > len(block):
            break
        tag, kind, amount = struct.unpack_from(f"{order}HHI", block, entry)
        length = SIZES.get(kind, 0) * amount
        if not 0 < length <= MOST_BYTES:
            continue
        start = entry + 8 if length <= 4 else struct.unpack_from(f"{order}I", block, entry + 8)[0]
        if start + length <= len(block):
            found[tag] = (kind, block[start : start + length])
    return found


def _linked(block: bytes, order: str, main: Tags, tag: int) -> Tags:
    """The table that a tag points to; its own numbers are sometimes in the other order of bytes."""
    kind, value = main.get(tag, (0, b""))
    if kind not in NUMBERS or len(value) != SIZES[kind]:
        return {}
    for each in (order, OTHER_ORDER[order]):
        at = struct.unpack(f"{each}{NUMBERS[kind]}", value)[0]
        tables = (_tags(block, which, at) for which in (order, OTHER_ORDER[order]) if 8 <= at < len(block))
        best = max(tables, key=len, default={})
        if best:
            return best
    return {}


def _text(tags: Tags, tag: int) -> str:
    kind, value = tags.get(tag, (0, b""))
    return value.split(b"\0")[0].decode("ascii", "replace").strip() if kind in TEXTS else ""


def _orientation(main: Tags, order: str) -> int:
    kind, value = main.get(ORIENTATION, (0, b""))
    if kind not in NUMBERS or len(value) != SIZES[kind]:
        return 1
    either = (struct.unpack(f"{each}{NUMBERS[kind]}", value)[0] for each in (order, OTHER_ORDER[order]))
    return next((number for number in either if 1 <= number <= 8), 1)


def _taken_at(main: Tags, exif: Tags, gps: Tags, order: str, now: datetime) -> datetime | None:
    """The first moment that can be: as taken, made digital, changed, at last by the satellites' clock."""
    for tag, zone_tag in MOMENTS:
        for tags in (main, exif) if tag == CHANGED else (exif, main):
            match = _MOMENT.match(_text(tags, tag))
            if match is None:
                continue
            zone = _zone(match[7] or _text(exif, zone_tag)) or BANGKOK
            parts = [int(part or 0) for part in match.groups()[:6]]
            moment = _moment(parts, zone)
            if _can_be(moment, now):
                return moment
    moment = _by_satellite(gps, order)
    return moment if _can_be(moment, now) else None


def _can_be(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and day_of(moment).year >= OLDEST_YEAR and moment <= now + timedelta(days=1)


def _moment(parts: list[int], zone: tzinfo) -> datetime | None:
    year, month, day, hour, minute, second = parts
    if year > 2400:  # phones set to Thai write the Buddhist year
        year -= BE_OFFSET
    if hour > 24:
        return None
    late, hour = divmod(hour, 24)  # some cameras write 24:00 at a day's end
    with contextlib.suppress(ValueError, OverflowError):
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return moment + timedelta(days=late)
    return None


def _by_satellite(gps: Tags, order: str) -> datetime | None:
    """The moment in the GPS table, which is UTC."""
    match = _GPS_DAY.match(_text(gps, GPS_DATE))
    clock = _fractions(gps, GPS_TIME, order)
    if match is None or len(clock) != 3 or None in clock:
        return None
    return _moment([*map(int, match.groups()), *(int(part or 0) for part in clock)], UTC)


def _zone(text: str) -> timezone | None:
    if text == "Z":
        return UTC
    match = _OFFSET.match(text)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset > timedelta(hours=14):
        return None
    return timezone(-offset if match[1] == "-" else offset)


def _point(gps: Tags, order: str) -> tuple[float | None, float | None]:
    latitude = _degrees(gps, LATITUDE, order, _text(gps, LATITUDE_REF).upper() == "S")
    longitude = _degrees(gps, LONGITUDE, order, _text(gps, LONGITUDE_REF).upper() == "W")
    if latitude is None or longitude is None:
        return None, None
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None, None
    return round(latitude, 6), round(longitude, 6)


def _fractions(tags: Tags, tag: int, order: str) -> list[float | None]:
    """The fractions of a tag; ``None`` for one over nought.

    Some programs write them in the other order of bytes: the one with the smaller lower halves is meant.
    """
    kind, value = tags.get(tag, (0, b""))
    if kind not in FRACTIONS or len(value) % 8:
        return []
    shape = f"{len(value) // 4}{FRACTIONS[kind]}"
    either = [struct.unpack(f"{each}{shape}", value) for each in (order, OTHER_ORDER[order])]
    parts = min(either, key=lambda numbers: max(map(abs, numbers[1::2]), default=0))
    return [upper / lower if lower else None for upper, lower in zip(parts[::2], parts[1::2], strict=True)]


def _degrees(gps: Tags, tag: int, order: str, negative: bool) -> float | None:
    """Degrees, minutes, seconds; minutes and seconds over nought, or left out, count as none."""
    parts = _fractions(gps, tag, order)
    if not 1 <= len(parts) <= 3 or parts[0] is None:
        return None
    degrees: float = sum((part or 0.0) / 60.0**place for place, part in enumerate(parts))
    return -degrees if negative else degrees
