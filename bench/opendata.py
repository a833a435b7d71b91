"""What the open data cost on the database at hand: seconds, bytes, memory.

    JITASA_DATA_DIR=… python -m bench.opendata [rows]

``live`` streams that many rows of "activities" from the records as CSV (100,000 unless told), ``stored``
reads the whole newest version as a download does, ``marks`` finds out which months have changed. ``cpu``
is processor time of this process: on a crowded machine it says more than the clock. ``memory`` is what
the process itself holds at most (SQLite's mapped file pages are not counted).
"""

import os
import sys
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")

import django

django.setup()

from jitasa.activities.selectors.public import published
from jitasa.opendata.datasets import BY_SLUG
from jitasa.opendata.formats import FORMATS
from jitasa.opendata.selectors import activities
from jitasa.opendata.selectors.versions import columns_of, latest
from jitasa.opendata.services.pieces import whole
from jitasa.opendata.views.downloads import streamed

STATUS = Path("/proc/self/status")


def held() -> int:
    """Megabytes of the process's own memory now; 0 where the system does not say."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon")), 0)


def measure(name: str, chunks: Iterable[bytes]) -> None:
    clock, cpu, size, most = time.perf_counter(), time.process_time(), 0, held()
    for number, chunk in enumerate(chunks):
        size += len(chunk)
        if number % 100 == 0:
            most = max(most, held())
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{name:<24} {clock:8.2f} s  cpu {cpu:7.2f} s  {size / 1e6:9.1f} MB  memory {most} MB")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    began = time.perf_counter()
    months = activities.parts()
    print(f"marks of {len(months)} months{'':<8} {time.perf_counter() - began:8.2f} s")
    for rows in (count // 10, count):
        records = islice(activities.rows(published()), rows)
        measure(f"live csv {rows:,}", streamed("csv", activities.COLUMNS, records, {}))
    version = latest("activities")
    if version is None:
        print("no version yet: jitasa opendata --now")
        return
    columns = columns_of(BY_SLUG["activities"], version)
    for form in FORMATS:
        measure(f"stored {form} {version.rows:,}", whole(form, columns, version.facts(), version.pieces))


if __name__ == "__main__":
    main()
