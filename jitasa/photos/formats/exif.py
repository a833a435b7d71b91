"""The three things wanted from EXIF: when, where, which way up (CIPA DC-008).

EXIF is written by a thousand programs, often wrongly: whatever cannot be read is left out, and no
picture is refused because of it.
"""

import contextlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from jitasa.thai.dates import BANGKOK, BE_OFFSET

ORIENTATION, CHANGED = 0x0112, 0x0132
EXIF_TABLE, GPS_TABLE = 0x8769, 0x8825
TAKEN, DIGITISED, TAKEN_OFFSET = 0x9003, 0x9004, 0x9011
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
MOST_TAGS = 200
MOST_BYTES = 256
# The same box as the constraint on a record's point.
SOUTH, NORTH, WEST, EAST = 5.0, 21.0, 97.0, 106.0
OLDEST_YEAR = 1990
_MOMENT = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")

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
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return ExifFacts()
    with contextlib.suppress(struct.error, ValueError, ArithmeticError):
        main = _tags(block, order, struct.unpack_from(f"{order}I", block, 4)[0])
        exif = _linked(block, order, main, EXIF_TABLE)
        gps = _linked(block, order, main, GPS_TABLE)
        latitude, longitude = _point(gps, order)
        return ExifFacts(_taken_at(main, exif, now), latitude, longitude, _orientation(main, order))
    return ExifFacts()


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
    kind, value = main.get(tag, (0, b""))
    return _tags(block, order, struct.unpack(f"{order}I", value)[0]) if kind == 4 else {}


def _text(tags: Tags, tag: int) -> str:
    kind, value = tags.get(tag, (0, b""))
    return value.split(b"\0")[0].decode("ascii", "replace").strip() if kind == 2 else ""


def _orientation(main: Tags, order: str) -> int:
    kind, value = main.get(ORIENTATION, (0, b""))
    number = struct.unpack(f"{order}H", value)[0] if kind == 3 and len(value) == 2 else 1
    return number if 1 <= number <= 8 else 1


def _taken_at(main: Tags, exif: Tags, now: datetime) -> datetime | None:
    for tags, tag in ((exif, TAKEN), (exif, DIGITISED), (main, CHANGED)):
        match = _MOMENT.match(_text(tags, tag))
        if match is None:
            continue
        year, month, day, hour, minute, second = map(int, match.groups())
        if year > 2400:  # phones set to Thai write the Buddhist year
            year -= BE_OFFSET
        if hour > 24:
            continue
        with contextlib.suppress(ValueError):
            zone = _zone(_text(exif, TAKEN_OFFSET)) or BANGKOK
            late, hour = divmod(hour, 24)  # some cameras write 24:00 at a day's end
            moment = datetime(year, month, day, hour, minute, second, tzinfo=zone) + timedelta(days=late)
            if year >= OLDEST_YEAR and moment <= now + timedelta(days=1):
                return moment
    return None


def _zone(text: str) -> timezone | None:
    match = _OFFSET.match(text)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def _point(gps: Tags, order: str) -> tuple[float | None, float | None]:
    latitude = _degrees(gps, LATITUDE, order, _text(gps, LATITUDE_REF) == "S")
    longitude = _degrees(gps, LONGITUDE, order, _text(gps, LONGITUDE_REF) == "W")
    if latitude is None or longitude is None:
        return None, None
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None, None
    return round(latitude, 6), round(longitude, 6)


def _degrees(gps: Tags, tag: int, order: str, negative: bool) -> float | None:
    kind, value = gps.get(tag, (0, b""))
    if kind != 5 or len(value) != 24:
        return None
    parts = list(struct.unpack(f"{order}6I", value))
    for place in (2, 4):
        if parts[place : place + 2] == [0, 0]:  # "no seconds", as many phones write it
            parts[place + 1] = 1
    if 0 in parts[1::2]:
        return None
    degrees: float = parts[0] / parts[1] + parts[2] / parts[3] / 60 + parts[4] / parts[5] / 3600
    return -degrees if negative else degrees
