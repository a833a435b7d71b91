"""Where a record happened, as the public may know it: three decimals, about 100 m, so that no house is pointed at.

Everything public (map, pages, feeds, cards, open data) shows these degrees and none other, and searches by
them: a search by the stored ones would tell them digit by digit.
"""

DECIMALS = 3
HALF = 0.5 / 10**DECIMALS
Point = tuple[float, float]


def public_degrees(degrees: float | None) -> float | None:
    """Latitude or longitude (WGS 84) as everybody may read it."""
    return None if degrees is None else round(degrees, DECIMALS)


def public_point(latitude: float | None, longitude: float | None) -> Point | None:
    """Latitude and longitude as everybody may read them; ``None`` when none was recorded."""
    if latitude is None or longitude is None:
        return None
    return round(latitude, DECIMALS), round(longitude, DECIMALS)


def stored_range(low: float, high: float) -> tuple[float, float]:
    """The stored degrees that may be shown between ``low`` and ``high``: half a step more on both sides.

    For the database; ``public_degrees`` of what it finds still decides.
    """
    return low - HALF, high + HALF
