"""Every public address, in parts of at most fifty thousand (sitemaps.org)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Sum
from django.urls import NoReverseMatch, reverse

from jitasa.activities.selectors.public import published
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.portal.selectors import days, places
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors.tallies import ACCEPTED
from jitasa.thai.dates import BE_OFFSET, be_year
from jitasa.ui.reading import whole_number

MOST = 50_000  # addresses in one part
MOST_PARTS = 10_000  # of one kind; an address beyond is none of ours
PAGES = (
    "front",
    "portal:activities",
    "portal:map",
    "portal:calendar",
    "portal:days",
    "portal:materials",
    "opendata:index",
    "portal:about",
    "portal:contact",
    "portal:privacy",
    "portal:accessibility",
    "portal:sitemap_page",
    "manual:index",
)


@dataclass(frozen=True)
class Address:
    path: str
    changed_at: datetime | None = None


def parts() -> list[tuple[str, int]]:
    """(name, number) of each part. Activities stand by month (``256911``), numbered by their tallies."""
    found = [("pages", 1), ("days", 1)]
    offices = Organization.objects.open().exclude(level=Level.DEPARTMENT).count()
    found += [("places", number) for number in range(1, max(1, -(-offices // MOST)) + 1)]
    months = Tally.objects.filter(ACCEPTED).order_by("month").values("month")
    for row in months.annotate(count=Sum("activities")):
        number = be_year(row["month"]) * 100 + row["month"].month
        pieces = -(-(row["count"] or 0) // MOST)
        found += [("activities" if n == 0 else f"activities-{n + 1}", number) for n in range(pieces)]
    return found


def addresses(name: str, number: int) -> Iterator[Address]:
    """What a part holds. :raises LookupError: there is no such part."""
    if name == "pages" and number == 1:
        return _pages()
    if name == "days" and number == 1:
        return _days()
    if name == "places" and 1 <= number <= MOST_PARTS:
        return _places(number)
    head, dash, piece = name.partition("-")
    which = whole_number(piece, least=2, most=MOST_PARTS) if dash else 1
    if head == "activities" and which is not None:
        return _activities(_month(number), which)
    raise LookupError(name)


def _month(number: int) -> date:
    year, month = divmod(number, 100)
    try:
        return date(year - BE_OFFSET, month, 1)
    except (ValueError, OverflowError):
        raise LookupError(number) from None


def _pages() -> Iterator[Address]:
    for name in PAGES:
        try:
            yield Address(reverse(name))
        except NoReverseMatch:  # a page this installation does not have
            continue


def _days() -> Iterator[Address]:
    rows = Occasion.objects.active().select_related("organization").order_by("-date", "pk")[:MOST]
    for row in rows.iterator(chunk_size=1000):
        yield Address(days.address(row), row.changed_at)


def _places(number: int) -> Iterator[Address]:
    rows = Organization.objects.open().exclude(level=Level.DEPARTMENT).order_by("pk")
    first = (number - 1) * MOST
    for office in rows[first : first + MOST].iterator(chunk_size=2000):
        yield Address(places.address_of(office))


def _activities(month: date, piece: int) -> Iterator[Address]:
    rows = published().filter(month=month).exclude(number="").order_by("pk")
    first = (piece - 1) * MOST
    wanted = rows.values_list("number", "reviewed_at")[first : first + MOST]
    for number, reviewed_at in wanted.iterator(chunk_size=2000):
        yield Address(reverse("portal:activity", args=[number]), reviewed_at)


def full(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
