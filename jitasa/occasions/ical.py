"""iCalendar (RFC 5545) of days that last the whole day, written by ``icalendar``. No database, no settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//INFO Jitasa//Occasions 1.0//TH"


@dataclass(frozen=True)
class DayEvent:
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


def calendar(name: str, description: str, events: Iterable[DayEvent]) -> bytes:
    """The calendar as a program reads it: UTF-8, CRLF, lines folded."""
    from icalendar import Calendar  # loaded when a feed is made: docs/adr/0165

    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", PRODUCT)
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", plain(name))
    made.add("X-WR-CALNAME", plain(name))
    made.add("X-WR-CALDESC", plain(description))
    made.add("X-WR-TIMEZONE", "Asia/Bangkok")
    made.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "P1D")
    for event in events:
        made.add_component(_event(event))
    return bytes(made.to_ical(sorted=False))


def _event(event: DayEvent) -> "Event":
    from icalendar import Event

    made, stamp = Event(), event.changed_at.astimezone(UTC)
    made.add("UID", str(event.uid))
    made.add("DTSTAMP", stamp)
    made.add("LAST-MODIFIED", stamp)
    made.add("SEQUENCE", event.sequence)
    made.add("DTSTART", event.day)
    made.add("DTEND", event.day + timedelta(days=1))
    made.add("SUMMARY", plain(event.summary))
    if event.description:
        made.add("DESCRIPTION", plain(event.description))
    made.add("CATEGORIES", [plain(event.category)])
    if event.url:
        made.add("URL", event.url)
    made.add("STATUS", "TENTATIVE" if event.tentative else "CONFIRMED")
    made.add("TRANSP", "TRANSPARENT")
    return made


def plain(text: str) -> str:
    """A value of type TEXT without control characters, which it may not hold (RFC 5545, 3.3.11)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f"))
