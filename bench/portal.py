"""What each public page costs on the database at hand: queries, milliseconds of processor, bytes.

    JITASA_DATA_DIR=… python -m bench.portal          pages of the newest accepted record and its places
    JITASA_DATABASE_URL=postgres://… python -m bench.portal

``ms`` is processor time of this process without the database server; ``wall`` is what a reader waits
for on this machine. Both are the fastest of some repeats, for a crowded machine is slow and not wrong; what the country's numbers cost once a minute stands in ``first``.
"""

import gzip
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from jitasa.activities.selectors.public import published
from jitasa.portal.selectors.days import address

TIMES = int(os.environ.get("BENCH_TIMES", "15"))


def addresses() -> list[str]:
    """One address of every kind of page, of the newest accepted record."""
    newest = (
        published().select_related("organization", "occasion__organization").order_by("-start_date", "-id")
    )
    row = newest.first()
    if row is None:
        raise SystemExit("There is no accepted record: seed the demonstration first.")
    office = row.organization
    day = newest.exclude(occasion=None).first()
    return [
        "/",
        "/activities/",
        "/activities/?q=ทำความสะอาด",
        f"/activities/?province={office.province_code}&kind=development",
        f"/a/{row.number}/",
        "/map/",
        f"/map/?province={office.province_code}",
        "/map/points.json",
        f"/map/points.json?bounds={row.longitude - 0.5},{row.latitude - 0.5},{row.longitude + 0.5},{row.latitude + 0.5}"
        if row.latitude and row.longitude
        else "/map/points.json",
        f"/p/{office.province_code}/",
        f"/d/{office.district_code}/",
        f"/o/{office.code}/",
        "/calendar/",
        "/days/",
        *([address(day.occasion)] if day is not None and day.occasion is not None else []),
        "/materials/",
        "/about/",
    ]  # fmt: skip


def measured(path: str) -> tuple[int, float, float, float, int, int]:
    """(queries, ms, wall, first, bytes, bytes compressed)."""
    client = Client()
    cache.clear()
    began = time.perf_counter()
    answer = client.get(path)
    first = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        queries = len(captured)
    processor, wall = [], []
    for _ in range(TIMES):
        began, ticked = time.perf_counter(), time.process_time()
        client.get(path)
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - ticked) * 1000)
    body = answer.content
    return (
        queries,
        min(processor),
        min(wall),
        first,
        len(body),
        len(gzip.compress(body)),
    )


def main() -> None:
    setup_test_environment()
    settings.DEBUG = False
    print(f"{connection.vendor}, {published().count():,} accepted records, fastest of {TIMES}")
    print(f"{'queries':>7} {'ms':>6} {'wall':>6} {'first':>6} {'bytes':>8} {'gzip':>7}")
    for path in addresses():
        queries, processor, wall, first, size, small = measured(path)
        print(f"{queries:7} {processor:6.1f} {wall:6.1f} {first:6.0f} {size:8,} {small:7,}  {path}")


if __name__ == "__main__":
    main()
