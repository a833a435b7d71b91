"""Every public address, as Django's site maps, in parts of at most ten thousand (sitemaps.org allows five times that)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, QuerySet
from django.urls import NoReverseMatch, reverse

from jitasa.activities.selectors.public import published
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.portal.selectors import days, places
from jitasa.thai.dates import BE_OFFSET, be_year
from jitasa.ui.kept import Times, kept
from jitasa.ui.reading import whole_number

MOST = 10_000  # addresses in one part: what is made at once for one answer
KEPT_SECONDS = 3600  # as long as readers may keep the index
PARTS = "portal:sitemap-parts"
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
LARGEST_MONTH = 999_912  # Buddhist-era year and month


class PublicAddresses(Sitemap[Any]):
    """Addresses of one kind under ``settings.SITE_URL``, whatever host was asked."""

    limit = MOST

    def get_protocol(self, _protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, _site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class PageAddresses(PublicAddresses):
    def items(self) -> Sequence[str]:
        return list(_known(PAGES))

    def location(self, item: str) -> str:
        return item


class DayAddresses(PublicAddresses):
    def items(self) -> QuerySet[Occasion]:
        return Occasion.objects.active().select_related("organization").order_by("-date", "pk")

    def location(self, item: Occasion) -> str:
        return days.address(item)

    def lastmod(self, item: Occasion) -> datetime:
        return item.changed_at


class PlaceAddresses(PublicAddresses):
    def items(self) -> QuerySet[Organization]:
        return Organization.objects.open().exclude(level=Level.DEPARTMENT).order_by("pk")

    def location(self, item: Organization) -> str:
        return places.address_of(item)


class ActivityAddresses(PublicAddresses):
    """Accepted records of one month."""

    def __init__(self, month: date) -> None:
        self.month = month

    def items(self) -> QuerySet[Any, Any]:
        rows = (
            published().filter(month=self.month).order_by("pk")
        )  # each has a number (activity_sent_has_number)
        return rows.values_list("number", "reviewed_at")

    def location(self, item: tuple[str, datetime]) -> str:
        return reverse("portal:activity", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]


WHOLE = {"pages": PageAddresses, "days": DayAddresses, "places": PlaceAddresses}


def parts() -> list[tuple[str, int]]:
    """(Section, page) of every part there is, in the order of the index; kept as long as the index itself may be."""
    return kept(PARTS, Times(fresh=KEPT_SECONDS // 2, most=KEPT_SECONDS), _parts)


def _parts() -> list[tuple[str, int]]:
    return [(name, page) for name, pages in _pages().items() for page in range(1, pages + 1)]


def _pages() -> dict[str, int]:
    """Section → how many pages it has. The records of all months are counted in one pass over an index."""
    found = {name: made().paginator.num_pages for name, made in WHOLE.items()}
    for month, count in _counts():
        found[f"activities-{be_year(month)}{month.month:02}"] = -(-count // PublicAddresses.limit)
    return found


def _counts() -> list[tuple[date, int]]:
    rows = published().order_by("month").values_list("month").annotate(count=Count("pk"))
    return [(month, count) for month, count in rows]


def section(name: str) -> PublicAddresses:
    """One section; a month without accepted records is an empty one. :raises LookupError: there is no such section."""
    if name in WHOLE:
        return WHOLE[name]()
    head, _dash, number = name.partition("-")
    wanted = whole_number(number, most=LARGEST_MONTH)
    if head != "activities" or wanted is None:
        raise LookupError(name)
    year, month = divmod(wanted, 100)
    try:
        return ActivityAddresses(date(year - BE_OFFSET, month, 1))
    except (ValueError, OverflowError):
        raise LookupError(name) from None


def _known(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        try:
            yield reverse(name)
        except NoReverseMatch:  # a page this installation does not have
            continue
