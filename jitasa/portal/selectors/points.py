"""Activities on the map: points within bounds, or numbers by province where the view is wide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.public_point import Point, public_point, stored_range
from jitasa.activities.selectors.public import published
from jitasa.organizations.models import Organization
from jitasa.portal.selectors import places
from jitasa.portal.selectors.numbers import KEPT
from jitasa.rounds.models import Tally, TallyStatus
from jitasa.thai.dates import add_months
from jitasa.ui.days import short_date
from jitasa.ui.kept import kept
from jitasa.ui.maps import outlines
from jitasa.ui.reading import whole_number

MOST_POINTS = 300
IN_THE_LIST = 60
ANY = "NUMBER"  # stands for a receipt number in an address made once for many
ON_A_PAGE = 100
NEAR_MONTHS = (2, 12)  # in which the newest points of a place are looked for before all its records
MOST_GATHERED = 1_000_000  # no place has as many records
WIDE = 3.5  # degrees of latitude: a view of more than this shows provinces, not points
SOUTH, NORTH, WEST, EAST = 5.0, 21.0, 97.0, 106.0
PERIODS = (1, 3, 12)
DEFAULT_PERIOD = 12
Bounds = tuple[float, float, float, float]  # west, south, east, north
Dot = tuple[float, float, str, str, str]  # latitude, longitude, words, tone, address


@dataclass(frozen=True)
class MapQuery:
    """What the map is asked for. ``period`` counts months up to and including this one."""

    kind: str = ""
    period: int = DEFAULT_PERIOD

    def since(self, today: date) -> date:
        return add_months(today.replace(day=1), 1 - self.period)


def read(query: Mapping[str, str]) -> MapQuery:
    kind = query.get("kind", "").strip()[:40]
    period = whole_number(query.get("period", ""))
    known = kind if kind.isascii() and kind.replace("-", "").replace("_", "").isalnum() else ""
    return MapQuery(known, period if period in PERIODS else DEFAULT_PERIOD)


def read_bounds(text: str) -> Bounds | None:
    """``west,south,east,north`` in degrees; ``None`` for none.

    :raises ValueError: with a sentence for the reader, when it cannot be a piece of the map of Thailand.
    """
    if not text:
        return None
    try:
        west, south, east, north = (float(each) for each in text[:100].split(","))
    except ValueError:
        raise ValueError(_("ขอบเขตแผนที่ต้องเป็นตัวเลขสี่ตัว: ตะวันตก,ใต้,ตะวันออก,เหนือ")) from None
    if not (west < east and south < north):
        raise ValueError(_("ขอบเขตแผนที่กลับด้าน เรียงเป็น ตะวันตก,ใต้,ตะวันออก,เหนือ"))
    if east < WEST or west > EAST or north < SOUTH or south > NORTH:
        raise ValueError(_("บริเวณนี้อยู่นอกประเทศไทย เลื่อนแผนที่กลับมาแล้วลองใหม่"))
    return max(west, WEST), max(south, SOUTH), min(east, EAST), min(north, NORTH)


def collection(asked: MapQuery, bounds: Bounds | None, today: date) -> dict[str, Any]:
    """GeoJSON: points of the newest activities in the bounds, or provinces with their numbers."""
    if bounds is None or bounds[3] - bounds[1] > WIDE:
        return {
            "type": "FeatureCollection",
            "grouped": True,
            "more": False,
            "features": _grouped(asked, today),
        }
    west, south, east, north = bounds
    inside = Q(latitude__range=stored_range(south, north), longitude__range=stored_range(west, east))
    found = list(_rows(asked, today).filter(inside)[: MOST_POINTS + 1])
    rows = [row for row in found if _shown_inside(row, bounds)]
    base = reverse("portal:activity", args=[ANY])
    features = [_feature(row, base) for row in rows[:MOST_POINTS]]
    return {
        "type": "FeatureCollection",
        "grouped": False,
        "more": len(found) > MOST_POINTS,
        "features": features,
    }


def _shown_inside(row: Activity, bounds: Bounds) -> bool:
    """By the point that everybody sees: narrowing the bounds must not tell more than the map shows."""
    west, south, east, north = bounds
    latitude, longitude = public_point(row.latitude, row.longitude) or (0.0, 0.0)
    return south <= latitude <= north and west <= longitude <= east


def _rows(asked: MapQuery, today: date) -> Any:
    rows = published().filter(month__gte=asked.since(today)).select_related("kind")
    if asked.kind:
        rows = rows.filter(kind__code=asked.kind)
    columns = ("id", "number", "name", "organization_name", "start_date", "latitude", "longitude", "kind")
    return rows.only(*columns, "kind__label", "kind__label_en").order_by("-start_date", "-id")


def newest_in(province: Organization, asked: MapQuery, today: date) -> list[Activity]:
    """The newest activities of a province that have a point, for the list beside the map."""
    rows = _rows(asked, today).filter(places.inside(province), latitude__isnull=False)
    return list(rows[:IN_THE_LIST])


def _feature(row: Activity, base: str) -> dict[str, Any]:
    latitude, longitude = public_point(row.latitude, row.longitude) or (0.0, 0.0)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "name": row.name,
            "office": row.organization_name,
            "date": short_date(row.start_date) if row.start_date else "",
            "kind": row.kind.words if row.kind else "",
            "url": base.replace(ANY, row.number),
        },
    }


def by_province(asked: MapQuery, today: date) -> dict[str, int]:
    """Accepted activities of the period by province code, kept as the country's numbers are."""
    key = f"portal:map:{asked.kind}:{asked.period}:{today}"
    return kept(key, KEPT, lambda: _by_province(asked, today))


def _by_province(asked: MapQuery, today: date) -> dict[str, int]:
    rows = Tally.objects.filter(status=TallyStatus.ACCEPTED, month__gte=asked.since(today))
    rows = rows.filter(kind_code=asked.kind) if asked.kind else rows
    sums = rows.order_by().values_list("organization__province_code").annotate(n=Sum("activities"))
    return {code: count for code, count in sums if code and count}


def _grouped(asked: MapQuery, today: date) -> list[dict[str, Any]]:
    names = outlines()
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(centres()[code])},
            "properties": {
                "code": code,
                "name": names[code][0],
                "count": count,
                "url": reverse("portal:province", args=[code]),
            },
        }
        for code, count in sorted(by_province(asked, today).items())
        if code in names
    ]


@cache
def centres() -> dict[str, tuple[float, float]]:
    """(longitude, latitude) in the middle of each province's largest piece."""
    found = {}
    for code, (_name, rings) in outlines().items():
        ring = max(rings, key=len)
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        found[code] = (round((min(xs) + max(xs)) / 2, 3), round((min(ys) + max(ys)) / 2, 3))
    return found


def dot(point: Point | None, name: str, url: str = "", tone: str = "") -> list[Dot]:
    """A point for ``point_map``, as everybody may see it; none for a record without one."""
    return [] if point is None else [(*point, name, tone, url)]


def of_office(office: Organization, today: date) -> list[Dot]:
    """The newest points of a place, for the drawn map: latitude, longitude, words, tone, address."""
    base = reverse("portal:activity", args=[ANY])
    return [
        shown
        for lat, lng, name, number in _newest_points(office, today)
        for shown in dot(public_point(lat, lng), name, base.replace(ANY, number))
    ]


def _newest_points(office: Organization, today: date) -> list[Any]:
    """Looked for in ever longer spans, in each by the place's offices: a walk along the days of the whole country
    passes a hundred records of others for each of the place's.
    """
    rows = published().filter(places.inside(office), latitude__isnull=False)
    found: list[Any] = []
    for months in (*NEAR_MONTHS, None):
        near = rows if months is None else rows.filter(month__gt=add_months(today.replace(day=1), -months))
        keys = near.values("pk")[:MOST_GATHERED]  # a limit that the planner does not look through
        newest = Activity.objects.filter(pk__in=keys).order_by("-start_date", "-id")
        found = list(newest.values_list("latitude", "longitude", "name", "number")[:ON_A_PAGE])
        if len(found) == ON_A_PAGE:
            break
    return found
