"""The registry's list: filters, search and order, today or as at a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.selectors.registry import visible_as_at
from jitasa.organizations.selectors.search import matching, ranked
from jitasa.organizations.viewer import Viewer
from jitasa.thai.search import words

LEVELS = ("lao", "district", "province", "all", "closed")
SORTS = ("name", "code", "place")


@dataclass(frozen=True)
class RegistryFilters:
    """What a list is narrowed to; empty strings narrow nothing."""

    text: str = ""
    level: str = "lao"
    province: str = ""
    district: str = ""
    type: str = ""
    sort: str = ""


def filters_of(asked: Mapping[str, str]) -> RegistryFilters:
    """Filters from an address; values nobody knows are left out."""
    level, type_, sort = asked.get("level", "lao"), asked.get("type", ""), asked.get("sort", "")
    province, district = asked.get("province", ""), asked.get("district", "")
    return RegistryFilters(
        text=asked.get("q", "").strip()[:100],
        level=level if level in LEVELS else "lao",
        province=province[:2],
        district=district[:4] if district.startswith(province) else "",
        type=type_ if type_ in OrganizationType.values else "",
        sort=sort if sort in SORTS else "",
    )


def listed(
    viewer: Viewer, filters: RegistryFilters, day: date | None
) -> QuerySet[Organization] | QuerySet[OrganizationState]:
    """The offices to list: today's, or the states of a past day."""
    return _past(viewer, filters, day) if day is not None else _present(viewer, filters)


def _common(filters: RegistryFilters) -> Q:
    condition = Q()
    if filters.province:
        condition &= Q(province_code=filters.province)
    if filters.district:
        condition &= Q(district_code=filters.district)
    if filters.type:
        condition &= Q(type=filters.type)
    return condition


def _present(viewer: Viewer, filters: RegistryFilters) -> QuerySet[Organization]:
    rows = Organization.objects.visible_to(viewer).filter(_common(filters) & matching(filters.text))
    rows = rows.exclude(is_open()) if filters.level == "closed" else rows.open()
    if filters.level in Level.values and not filters.type:
        rows = rows.filter(level=filters.level)
    if not filters.sort and words(filters.text):
        return ranked(rows, filters.text)
    return rows.order_by(*_order(filters, ""))


def _past(viewer: Viewer, filters: RegistryFilters, day: date) -> QuerySet[OrganizationState]:
    rows = visible_as_at(viewer, day).filter(_common(filters))
    for word in words(filters.text):
        rows = rows.filter(Q(name__contains=word) | Q(short_name__contains=word) | Q(code__contains=word))
    if filters.level == "closed":
        rows = rows.exclude(is_open("organization"))
    elif filters.level in Level.values and not filters.type:
        rows = rows.filter(organization__level=filters.level)
    return rows.order_by(*_order(filters, "organization__"))


def _order(filters: RegistryFilters, prefix: str) -> tuple[str, ...]:
    by_name = f"{prefix}sort_key"
    return {
        "code": ("code", by_name),
        "place": ("province_code", "district_code", by_name, "code"),
    }.get(filters.sort, (by_name, "code"))
