"""Threads that write × web processes: records a second for each pair, on the database of the environment.

    JITASA_PG_DURABLE=1 python scripts/with_postgresql.py python -m bench.grid
    JITASA_DATA_DIR=$(mktemp -d) python -m bench.grid          # SQLite
    GRID="1x1 2x1 2x2" BENCH_SECONDS=5 …

Each pair runs a server of its own against the same data; the records of one are there for the next.
"""

import os
import sys

os.environ.setdefault("BENCH_SECONDS", "5")

from bench.record import CLIENTS, Figures, over_http, ready

PAIRS = "1x1 1x4 2x1 2x2 2x3 2x4 2x8 3x1 3x2"


def main() -> int:
    vendor, usernames = ready()
    print(f"{vendor}, {CLIENTS[vendor]} clients: web processes x writing threads")
    print(f"{'pair':<8}{'none/s':>8}{'median':>8}{'p95':>8}{'two/s':>8}{'median':>8}{'p95':>8}")
    for pair in os.environ.get("GRID", PAIRS).split():
        processes, threads = pair.split("x")
        os.environ["JITASA_WEB_PROCESSES"], os.environ["JITASA_WEB_WRITING_THREADS"] = processes, threads
        figures: Figures = []
        over_http(usernames, figures)
        found = {name: value for name, value, _unit in figures}
        cells = [
            found[f"record_form_{pictures}{part}"] for pictures in (0, 2) for part in ("", "_median", "_p95")
        ]
        print(
            f"{pair:<8}{cells[0]:8.1f}{cells[1]:8.0f}{cells[2]:8.0f}{cells[3]:8.1f}{cells[4]:8.0f}{cells[5]:8.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
