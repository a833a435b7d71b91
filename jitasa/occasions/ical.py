"""iCalendar text (RFC 5545) of days that last the whole day. No database, no settings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

PRODUCT = "-//INFO Jitasa//Occasions 1.0//TH"
LONGEST_LINE = 75  # octets without the line break (RFC 5545, 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """One day. ``sequence`` grows with every change of its words or date; ``tentative``: not in force yet."""

    uid: UUID
    day: date
    summary: str
    description: str
    category: str
    changed_at: datetime
    sequence: int = 0
    tentative: bool = False
    url: str = ""


def calendar(name: str, description: str, events: Iterable[Event]) -> bytes:
    """The calendar as a program reads it: UTF-8, CRLF, lines folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        f"X-WR-CALDESC:{escape(description)}",
        "X-WR-TIMEZONE:Asia/Bangkok",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line)).encode()


def _event(event: Event) -> Iterator[str]:
    stamp = f"{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escape(event.description)}"
    yield f"CATEGORIES:{escape(event.category)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escape(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11); control characters, which it may not hold, are dropped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f"))
    return plain.translate(_ESCAPES)


def fold(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, never inside a character; parts after the first begin with a space."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += letter
        size += width
    yield part
