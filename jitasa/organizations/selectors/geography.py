"""Provinces, districts and tambons of the country by their TIS 1099 codes (data: GeoThai, CC-BY 4.0).

Bangkok (10) is part of the country and yet has no local government of this registry.
"""

from collections.abc import Mapping
from functools import cache
from math import cos, hypot, radians

import geothai
from geothai.types import District, Province, Subdistrict

from jitasa.organizations.choices import Level, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.rules import place_name, proper_name
from jitasa.thai.text import sort_key

BANGKOK_CODE = "10"
KM_PER_DEGREE = 111.2
NEAR_KM = 15.0


@cache
def provinces() -> tuple[Province, ...]:
    """The 76 provinces with local governments, in Thai order."""
    rows = (row for row in geothai.provinces() if row.code != BANGKOK_CODE)
    return tuple(sorted(rows, key=lambda row: sort_key(row.name_th)))


@cache
def districts(province_code: str) -> tuple[District, ...]:
    """The districts of a province by code; none for Bangkok or an unknown code."""
    if province_code == BANGKOK_CODE:
        return ()
    return tuple(sorted(geothai.districts(province_code), key=lambda row: row.code))


@cache
def tambons(district_code: str) -> tuple[Subdistrict, ...]:
    """The tambons of a district, in Thai order."""
    return tuple(sorted(geothai.subdistricts(district_code), key=lambda row: sort_key(row.name_th)))


@cache
def tambon(code: str) -> Subdistrict | None:
    """A tambon by its 6-digit code."""
    return geothai.subdistrict(code) if len(code) == 6 else None


@cache
def district(code: str) -> District | None:
    return geothai.district(code) if len(code) == 4 else None


@cache
def province(code: str) -> Province | None:
    return geothai.province(code) if len(code) == 2 else None


def district_of(tambon_code: str) -> District | None:
    """The district a tambon (or village) code lies in."""
    return district(tambon_code[:4])


def place_label(code: str) -> str:
    """``ต.อ่าวนาง อ.เมืองกระบี่ จ.กระบี่`` for an area code of 2, 4, 6 or 8 digits; as much as is known."""
    names = [
        f"{prefix}{row.name_th}"
        for prefix, row in (("ต.", tambon(code[:6])), ("อ.", district(code[:4])), ("จ.", province(code[:2])))
        if row is not None
    ]
    return " ".join(names)


@cache
def province_codes_by_name() -> Mapping[str, str]:
    return {row.name_th: row.code for row in geothai.provinces()}


@cache
def district_codes_by_name(province_code: str) -> Mapping[str, str]:
    return {place_name(Level.DISTRICT, row.name_th): row.code for row in geothai.districts(province_code)}


def nearest_office(
    latitude: float, longitude: float, *, province_code: str | None = None, within_km: float = NEAR_KM
) -> Organization | None:
    """The open local government whose own point is nearest, if it is near at all."""
    margin = within_km / KM_PER_DEGREE
    stretch = cos(radians(latitude))
    rows = (
        Organization.objects.open()
        .laos()
        .filter(
            latitude__range=(latitude - margin, latitude + margin),
            longitude__range=(longitude - margin / stretch, longitude + margin / stretch),
        )
    )
    if province_code:
        rows = rows.filter(province_code=province_code)

    def distance(office: Organization) -> float:
        east = (office.longitude or 0.0) - longitude
        return KM_PER_DEGREE * hypot((office.latitude or 0.0) - latitude, east * stretch)

    near = min(rows, key=distance, default=None)
    return near if near is not None and distance(near) <= within_km else None


def nearest_tambon(
    latitude: float, longitude: float, *, province_code: str | None = None
) -> Subdistrict | None:
    """A guess at the tambon of a point, to be offered and never taken for granted.

    Tambons have no published points: the guess is the tambon that bears the name of the nearest
    local government, in that one's district; ``None`` where there is none.
    """
    office = nearest_office(latitude, longitude, province_code=province_code)
    if office is None:
        return None
    name = proper_name(OrganizationType(office.type), office.name)
    return next((row for row in tambons(office.district_code) if row.name_th == name), None)
