"""Where offices of Krabi stand, roughly: only so that maps of the demonstration have something to show.

The registry file holds the few points that are known. For the others the demonstration scatters a
point around the district's town; such a point is no fact and never leaves the demonstration.
"""

import random

from jitasa.organizations.models import Organization

TOWNS = {
    "8101": (8.075, 98.905),
    "8102": (8.270, 99.175),
    "8103": (7.640, 99.060),
    "8104": (7.930, 99.150),
    "8105": (8.380, 98.730),
    "8106": (8.530, 98.830),
    "8107": (7.985, 99.320),
    "8108": (8.060, 99.000),
}
SPREAD = 0.055  # degrees, about six kilometres


def scatter_points() -> None:
    """Give every office of Krabi without a point one near its district's town; the same ones every time."""
    offices = list(Organization.objects.open().laos().filter(province_code="81", latitude=None))
    for office in offices:
        rng = random.Random(office.code)  # noqa: S311 (a drawing, not a secret)
        latitude, longitude = TOWNS[office.district_code]
        office.latitude = round(latitude + rng.uniform(-SPREAD, SPREAD), 4)
        office.longitude = round(longitude + rng.uniform(-SPREAD, SPREAD), 4)
    Organization.objects.bulk_update(offices, ["latitude", "longitude"])
