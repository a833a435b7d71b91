"""Every LAO of one district or province as recipients: the keys ``laos_in:8101`` and ``laos_in:81``."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jitasa.distribution.rules import place_words
from jitasa.organizations.choices import Level
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization

PREFIX = "laos_in:"


def areas_of(office: Organization) -> QuerySet[Organization]:
    """The districts (for the department also the provinces) whose LAOs an office may write to at once."""
    rows = Organization.objects.open().filter(level__in=[Level.PROVINCE, Level.DISTRICT])
    if office.level == Level.DEPARTMENT:
        return rows.order_by("code")
    if office.level == Level.PROVINCE:
        return rows.filter(level=Level.DISTRICT, province_code=office.province_code).order_by("code")
    return rows.none()


def key_of(area: Organization) -> str:
    return f"{PREFIX}{area.code}"


def codes_in(keys: Iterable[str]) -> list[str]:
    """The area codes among presets."""
    return [key.removeprefix(PREFIX) for key in keys if key.startswith(PREFIX)]


def area_choices(office: Organization, keys: Iterable[str]) -> list[tuple[str, str]]:
    """What is offered to tick: a province's own districts; for the department those chosen already."""
    rows = areas_of(office)
    if office.level == Level.DEPARTMENT:
        rows = rows.filter(code__in=codes_in(keys))
    return [(key_of(area), place_words(area)) for area in rows]


def laos_in(office: Organization, keys: Iterable[str]) -> Q:
    """The open LAOs of the chosen areas, none outside of what the office may write to."""
    codes = list(areas_of(office).filter(code__in=codes_in(keys)).values_list("code", flat=True))
    return is_open() & Q(level=Level.LAO) & (Q(district_code__in=codes) | Q(province_code__in=codes))
