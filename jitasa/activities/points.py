"""A point on the earth, and how far two of them are apart."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Point:
    """WGS 84 degrees."""

    latitude: float
    longitude: float


def distance_km(one: Point, two: Point) -> float:
    """Great-circle distance (haversine)."""
    d_lat, d_lng = radians(two.latitude - one.latitude), radians(two.longitude - one.longitude)
    root = sin(d_lat / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(two.latitude)) * sin(d_lng / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(root)))
