"""Maps as plain SVG: the country shaded by province, and points over one province.

Outlines are Natural Earth's (public domain), made by ``scripts/make_outlines.sh``. The projection is
equirectangular with the longitude shrunk by the cosine of the middle latitude: right enough for a
picture of one country, and simple enough to check by hand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

Number = int | float
Point = tuple[float, float]
OUTLINES = Path(__file__).parent / "static" / "ui" / "geo" / "provinces.json"
STEPS = 5
KM_PER_DEGREE = 111.32  # of latitude
SCALE_STRIP = 30  # units below the land in which the scale stands
LONGEST_SCALE = 120  # units
_ROUND = (1, 2, 3, 4, 5, 8, 10)


@dataclass(frozen=True)
class Projection:
    """Longitude and latitude in degrees to a drawing ``width`` wide; north is up."""

    west: float
    north: float
    scale: float
    shrink: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Iterable[Point], *, width: float, margin: float = 0.0) -> "Projection":
        """Fits the ``(longitude, latitude)`` points, with ``margin`` units of air around them."""
        listed = list(points)
        west, east = min(x for x, _ in listed), max(x for x, _ in listed)
        south, north = min(y for _, y in listed), max(y for _, y in listed)
        shrink = cos(radians((south + north) / 2))
        scale = (width - 2 * margin) / max((east - west) * shrink, 1e-6)
        height = (north - south) * scale + 2 * margin
        return cls(
            west - margin / (scale * shrink), north + margin / scale, scale, shrink, width, round(height, 1)
        )

    def place(self, longitude: float, latitude: float) -> Point:
        x = (longitude - self.west) * self.shrink * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


@dataclass(frozen=True)
class Area:
    """One province of a choropleth."""

    code: str
    name: str
    path: str
    tone: str
    value: Number | None
    url: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str
    tone: str
    url: str


@cache
def outlines() -> dict[str, tuple[str, list[list[Point]]]]:
    """Thai name and rings of ``(longitude, latitude)`` in degrees, by two-digit province code."""
    stored = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return {code: (name, [_ring(flat) for flat in rings]) for code, (name, rings) in stored.items()}


def _ring(flat: Sequence[int]) -> list[Point]:
    """Undoes the differences of the stored form (thousandths of a degree)."""
    x = y = 0
    ring = []
    for index in range(0, len(flat), 2):
        x, y = x + flat[index], y + flat[index + 1]
        ring.append((x / 1000, y / 1000))
    return ring


def _path(rings: Iterable[Sequence[Point]], projection: Projection, *, coarse: float = 0.0) -> str:
    """An SVG path; points nearer than ``coarse`` units to the one before are left out."""
    parts = []
    for ring in rings:
        kept: list[Point] = []
        for point in ring:
            x, y = projection.place(*point)
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= coarse:
                kept.append((x, y))
        if len(kept) > 2:
            steps = "".join(f"{_short(b[0] - a[0])} {_short(b[1] - a[1])} " for a, b in pairwise(kept))
            parts.append(f"M{_short(kept[0][0])} {_short(kept[0][1])}l{steps.strip()}z")
    return "".join(parts)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if abs(number) >= 0.05 else "0"


@cache
def country() -> tuple[Projection, dict[str, tuple[str, str]]]:
    """The whole country drawn once: projection, and name and path of each province."""
    drawn = outlines()
    everything = (point for _name, rings in drawn.values() for ring in rings for point in ring)
    projection = Projection.around(everything, width=340, margin=4)
    return projection, {
        code: (name, _path(rings, projection, coarse=1.2)) for code, (name, rings) in drawn.items()
    }


def breaks(most: Number) -> list[int]:
    """Upper ends of up to five equal steps that a person can read: 47 → 10, 20, 30, 40, 50."""
    if most <= STEPS:
        return list(range(1, max(int(-(-most // 1)), 1) + 1))
    step = most / STEPS
    power = 10 ** (len(str(int(step))) - 1)
    size = next(nice * power for nice in (*_ROUND, 20) if nice * power >= step)
    return [int(size * count) for count in range(1, STEPS + 1) if size * (count - 1) < most]


def _tone(value: Number | None, ends: Sequence[int]) -> str:
    """``m1`` (least) to ``m5`` (most); a province without a number or with none is ``none``."""
    if not value:
        return "none"
    index = next((index for index, end in enumerate(ends) if value <= end), len(ends) - 1)
    return f"m{STEPS - len(ends) + index + 1}"


def choropleth(values: Mapping[str, Number], urls: Mapping[str, str]) -> dict[str, Any]:
    """Everything the map's template draws: size, areas and legend."""
    projection, shapes = country()
    ends = breaks(max((value for value in values.values() if value), default=1))
    areas = [
        Area(code, name, path, _tone(values.get(code), ends), values.get(code), urls.get(code, ""))
        for code, (name, path) in shapes.items()
    ]
    starts = [1, *(end + 1 for end in ends[:-1])]
    legend = [(_tone(end, ends), start, end) for start, end in zip(starts, ends, strict=True)]
    return {
        "width": projection.width,
        "height": projection.height,
        "areas": areas,
        "legend": legend,
        "total": sum(value for value in values.values() if value),
        "urls": any(area.url for area in areas),
        "known": sum(1 for value in values.values() if value),
    }


def points_on(province: str, points: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """One province's outline and the points on it; a point far outside is moved to the nearest edge.

    An unknown province draws the points alone.
    """
    name, rings = outlines().get(province, ("", []))
    listed = [tuple(point) for point in points]
    frame = [point for ring in rings for point in ring] or [(float(p[1]), float(p[0])) for p in listed]
    projection = Projection.around(frame or [(97.3, 5.6), (105.7, 20.5)], width=400, margin=12)
    return {
        "name": name,
        "width": projection.width,
        "height": round(projection.height + SCALE_STRIP, 1),
        "scale": scale_of(projection),
        "path": _path(rings, projection),
        "dots": [_dot(point, projection) for point in listed],
    }


def scale_of(projection: Projection) -> tuple[int, float]:
    """The longest round number of kilometres that fits the scale's place, and its length in units."""
    per_km = projection.scale / KM_PER_DEGREE
    rounds = (500, 200, 100, 50, 20, 10, 5, 2)
    km = next((each for each in rounds if each * per_km <= LONGEST_SCALE), 1)
    return km, round(min(km * per_km, LONGEST_SCALE), 1)


def _dot(point: Sequence[Any], projection: Projection) -> Dot:
    x, y = projection.place(float(point[1]), float(point[0]))
    label, tone, url = (*(str(each or "") for each in point[2:5]), "", "", "")[:3]
    return Dot(min(max(x, 6), projection.width - 6), min(max(y, 6), projection.height - 6), label, tone, url)
