"""The public list of activities: accepted records by place, kind, day, date and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.selectors.public import published, with_cleared_photos
from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import rows_of
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography
from jitasa.portal.selectors import places
from jitasa.portal.selectors.search import Search
from jitasa.portal.selectors.search import read as read_search
from jitasa.ui.reading import day_or_none, digits_or_empty, identifier

PER_PAGE = 24
MOST_COUNTED = 2400  # a hundred pages; who wants more narrows the list or takes the open data
MORE_SECONDS = 60
ORDER = ("-start_date", "-id")


@dataclass
class PublicFilters:
    """What narrows the list, as read from an address. ``problems`` say what could not be used, and why."""

    search: Search = field(default_factory=Search)
    office: Organization | None = None
    province: str = ""
    district: str = ""
    tambon: str = ""
    kind: str = ""
    occasion: Occasion | None = None
    since: date | None = None
    until: date | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words narrows the list."""
        places_ = self.office or self.province or self.district or self.tambon
        return bool(places_ or self.kind or self.occasion or self.since or self.until)

    @property
    def asked(self) -> bool:
        return self.narrowed or bool(self.search.text or self.problems)


def read(query: Mapping[str, str], *, today: date) -> PublicFilters:
    """Reads the filters of an address; what makes no sense is left out and said."""
    search = read_search(query.get("q", ""))
    found = PublicFilters(search=search, problems=[search.problem] if search.problem else [])
    _read_place(found, query)
    found.kind = _slug(query.get("kind", ""))
    _read_occasion(found, query.get("occasion", ""))
    found.since = _read_day(found, query.get("since", ""), today)
    found.until = _read_day(found, query.get("until", ""), today)
    if found.since and found.until and found.since > found.until:
        found.problems.append(_("วันเริ่มอยู่หลังวันสิ้นสุด จึงสลับให้แล้ว"))
        found.since, found.until = found.until, found.since
    return found


def _slug(text: str) -> str:
    text = text.strip()[:40]
    return text if text.replace("-", "").replace("_", "").isalnum() and text.isascii() else ""


def _read_place(found: PublicFilters, query: Mapping[str, str]) -> None:
    """The narrowest place named wins; a district of another province than the one chosen is dropped."""
    province, district, tambon = (_code(query.get(name, "")) for name in ("province", "district", "tambon"))
    office = _code(query.get("office", ""))
    if office:
        found.office = places.by_code(office)
        if found.office is None:
            found.problems.append(_("ไม่พบหน่วยงานนี้ เลือกจากหน้าจังหวัดหรืออำเภอ"))
    if province and geography.province(province) is None:
        found.problems.append(_("ไม่พบจังหวัดนี้ เลือกจากรายการ"))
        province = ""
    found.province = province
    if district and geography.district(district) is not None and district.startswith(province):
        found.district, found.province = district, district[:2]
    if tambon and geography.tambon(tambon) is not None and tambon.startswith(found.district or province):
        found.tambon, found.district, found.province = tambon, tambon[:4], tambon[:2]


def _code(text: str) -> str:
    return digits_or_empty(text, most=12)


def _read_occasion(found: PublicFilters, text: str) -> None:
    if not text:
        return
    found.occasion = Occasion.objects.filter(pk=identifier(text) or 0).first()
    if found.occasion is None:
        found.problems.append(_("ไม่พบวันสำคัญนี้ เลือกจากปฏิทิน"))


def _read_day(found: PublicFilters, text: str, today: date) -> date | None:
    text = text.strip()
    if not text:
        return None
    day = day_or_none(text, near=today)
    if day is None:
        found.problems.append(_("อ่านวันที่ไม่ได้ เขียนเป็น วัน/เดือน/ปี พ.ศ. เช่น 22/11/2569"))
        return None
    if not 1957 <= day.year <= 2100:
        found.problems.append(_("ปีของวันที่ไม่ถูกต้อง ใช้ปี พ.ศ. เช่น 2569"))
        return None
    return day


def narrowed(filters: PublicFilters) -> "QuerySet[Activity]":
    """Accepted records by the filters, the newest first. Nothing where the words cannot be looked for."""
    if filters.search.problem:
        return published().none()
    wanted = Q()
    if filters.office is not None:
        wanted &= places.inside(filters.office)
    elif filters.tambon:
        wanted &= Q(tambon_code=filters.tambon)
    elif filters.district:
        wanted &= Q(organization__district_code=filters.district)
    elif filters.province:
        wanted &= Q(organization__province_code=filters.province)
    if filters.kind:
        wanted &= Q(kind__code=filters.kind)
    if filters.occasion is not None:
        wanted &= Q(occasion__in=list(rows_of(filters.occasion).values_list("pk", flat=True)))
    if filters.since:
        wanted &= Q(start_date__gte=filters.since)
    if filters.until:
        wanted &= Q(start_date__lte=filters.until)
    for word in filters.search.words:
        wanted &= Q(search_text__contains=word)
    return published().filter(wanted).order_by(*ORDER)


def for_cards(rows: "QuerySet[Activity]") -> "QuerySet[Activity]":
    """The same records with what a card shows: kind, office and its cleared pictures."""
    columns = ("revision", "number", "name", "start_date", "organization_name", "kind", "organization")
    offices = ("organization__code", "organization__level", "organization__province_code")
    rows = rows.select_related("kind", "organization").only(
        *columns, *offices, "kind__label", "kind__label_en", "kind__code"
    )
    return with_cleared_photos(rows)


class CappedPaginator(Paginator[Activity]):
    """Counts no further than a hundred pages: nobody leafs so far, and counting millions is slow.

    That there are more is remembered for a minute; up to a hundred pages the number is always counted.
    """

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        counted = rows.order_by().values("pk")[: MOST_COUNTED + 1]
        try:
            text, values = counted.query.sql_with_params()
        except EmptyResultSet:
            return 0
        key = f"portal:more:{sha256(f'{text}{values}'.encode()).hexdigest()}"
        if cache.get(key):
            return MOST_COUNTED + 1
        found = int(counted.count())
        if found > MOST_COUNTED:
            cache.set(key, True, MORE_SECONDS)
        return found

    @property
    def overflows(self) -> bool:
        return self.count > MOST_COUNTED

    @cached_property
    def num_pages(self) -> int:
        return -(-min(self.count, MOST_COUNTED) // self.per_page) or 1


def paged(rows: "QuerySet[Activity]", number: str) -> Page[Activity]:
    """A page of cards; a number that is none or too large gives the first or last page."""
    return CappedPaginator(for_cards(rows), PER_PAGE).get_page(number[:6])
