"""Tags of the public site: ``{% load portal %}``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.public_point import public_point
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.portal.selectors import days, places
from jitasa.portal.selectors.pictures import address
from jitasa.portal.selectors.places import address_of
from jitasa.portal.selectors.points import Dot, dot
from jitasa.rounds.models import ListItem
from jitasa.thai.dates import BE_OFFSET, WEEKDAYS, last_day, today
from jitasa.ui.days import WEEKDAYS as WEEKDAYS_EN
from jitasa.ui.days import english, month_name_short
from jitasa.ui.public_pages import ENGLISH

register = template.Library()
SELECTED = mark_safe(" selected")
LONGEST_QUERY = 2000  # bytes of an address worth keeping in a link


@dataclass(frozen=True)
class Addresses:
    """The two addresses of a page, without its query, and the way to the other language with it."""

    thai: str
    query: str
    language: str

    @property
    def english(self) -> str:
        return f"{ENGLISH.rstrip('/')}{self.thai}"

    @property
    def thai_full(self) -> str:
        return f"{settings.SITE_URL}{self.thai}"

    @property
    def english_full(self) -> str:
        return f"{settings.SITE_URL}{self.english}"

    @property
    def canonical(self) -> str:
        return self.english_full if self.language == "en" else self.thai_full

    @property
    def other(self) -> str:
        return "th" if self.language == "en" else "en"

    @property
    def other_name(self) -> str:
        return "ไทย" if self.language == "en" else "English"

    @property
    def other_path(self) -> str:
        path = self.thai if self.language == "en" else self.english
        return f"{path}?{self.query}" if 0 < len(self.query) <= LONGEST_QUERY else path


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> Addresses:
    """``{% addresses as here %}``: the page in both languages (docs/adr/0007)."""
    request: Any = context["request"]
    thai = getattr(request, "thai_path", request.path_info)
    return Addresses(thai, request.META.get("QUERY_STRING", ""), get_language() or "th")


@register.simple_tag
def picture(use: ActivityPhoto, size: str = "medium") -> str:
    """``{% picture use "small" %}``: the address of a cleared picture, another one after every blurring.

    The same in both languages, so that a cache holds one copy.
    """
    path = address(use, size)
    return path.removeprefix(ENGLISH.rstrip("/"))


@register.simple_tag
def plain_url(name: str, *args: object) -> str:
    """``{% plain_url "home:start" %}``: an address outside the public site, which has one language only."""
    return reverse(name, args=args).removeprefix(ENGLISH.rstrip("/"))


@register.simple_tag
def day_url(occasion: Occasion) -> str:
    return days.address(occasion)


@register.simple_tag
def place_url(office: Organization) -> str:
    return address_of(office)


@register.simple_tag
def place_name(office: Organization) -> str:
    """A province or district by its name alone, in the reader's language; an office by its short name."""
    if english() and office.level in (Level.PROVINCE, Level.DISTRICT):
        area = geography.province(office.code) or geography.district(office.code)
        return area.name_en if area is not None else office.short_name
    return places.plain_name(office)


@register.simple_tag
def area_name(area: Any) -> str:
    """A province, district or tambon of the geography in the reader's language."""
    return str(area.name_en if english() and area.name_en else area.name_th)


@register.simple_tag
def province_name(code: str) -> str:
    area = geography.province(code)
    return area_name(area) if area is not None else ""


@register.simple_tag
def options(rows: Iterable[Any], chosen: str) -> SafeString:
    """The options of a select from offices, kinds or tambons: made at once, for there are many."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((row.code, SELECTED if row.code == chosen else "", _words(row)) for row in rows),
    )


def _words(row: Any) -> str:
    if isinstance(row, Organization):
        return place_name(row)
    return str(row.words) if isinstance(row, ListItem) else area_name(row)


@register.simple_tag
def trend_rows(months: Iterable[tuple[date, int | None]]) -> list[tuple[str, int | None]]:
    """A trend's columns: the months without their years, so that twelve fit beside each other."""
    return [(month_name_short(month).split()[0], count) for month, count in months]


@register.simple_tag
def month_is_open(month: date) -> bool:
    """Whether the month still runs: its column is not to be read beside whole months."""
    return today(timezone.now()) <= last_day(month)


@register.simple_tag
def kind_rows(kinds: Iterable[tuple[str, str, int]], query: str = "") -> list[tuple[str, int, str]]:
    """Kinds with links to the list of a place (``query`` from ``office_query``)."""
    base = reverse("portal:activities")
    more = f"&{query}" if query else ""
    return [(words, count, f"{base}?kind={code}{more}") for code, words, count in kinds]


@register.simple_tag
def office_query(office: Organization) -> str:
    name = {Level.PROVINCE: "province", Level.DISTRICT: "district"}.get(Level(office.level), "office")
    return f"{name}={office.code}"


@register.simple_tag
def map_dots(rows: Iterable[Activity]) -> list[Dot]:
    """Points for ``point_map``."""
    return [
        shown
        for row in rows
        for shown in dot(
            public_point(row.latitude, row.longitude),
            row.name,
            reverse("portal:activity", args=[row.number]),
        )
    ]


@register.simple_tag
def map_values(rows: Iterable[tuple[Organization, int]]) -> dict[str, dict[str, Any]]:
    """Numbers and links for ``province_map``."""
    listed = list(rows)
    return {
        "counts": {each.code: count for each, count in listed},
        "urls": {each.code: f"?province={each.code}" for each, _count in listed},
    }


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    """Sunday first: the short and the long word."""
    if english():
        return [(name[:3], name) for name in (WEEKDAYS_EN[-1], *WEEKDAYS_EN[:-1])]
    short = ("อา.", "จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.")
    return list(zip(short, (WEEKDAYS[-1], *WEEKDAYS[:-1]), strict=True))


@register.simple_tag
def be_or_ce(year: int) -> str:
    """A Buddhist-era year as the reader counts."""
    return str(year - BE_OFFSET) if english() else str(year)
