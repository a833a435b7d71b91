"""Run the recording benchmark on SQLite and on PostgreSQL, one after the other, each with fresh data.

make bench                          # both databases, 8 clients, 20 seconds each
make bench ONLY=record JSON=FILE    # the road of a record: 32 clients on PostgreSQL, 8 on SQLite; 4 minutes
make bench ONLY=api JSON=FILE       # records through the API, with and without pictures, and in batches
make bench ONLY=exports JSON=FILE   # the files of a month of the country: rows a second, compile, PDF
make bench ONLY=size JSON=FILE      # the registry of the country read in; memory of each process, idle and under load
make bench ONLY=pictures            # what a picture costs beside its decoding
make bench ONLY=stall               # others while 200 clients stall
make bench ONLY=field               # the recording page on a phone: first visit, next visit, four photos
make bench ONLY=kills               # what the supervisor says of each kill
make bench ONLY=volume              # pages on the database at hand (seed it with --scale country --years N)
BENCH_SECONDS=5 make bench
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ONLY = os.environ.get("BENCH_ONLY", "")
# Need no database of their own.
ALONE = {
    "pictures": "bench.pictures",
    "stall": "bench.stall",
    "kills": "bench.kills",
    "field": "bench.field",
    "volume": "bench.volume",
}
ONE = [
    sys.executable,
    "-m",
    {"record": "bench.record", "api": "bench.api", "exports": "bench.exports", "size": "bench.size"}.get(
        ONLY, "bench.one"
    ),
]


def main() -> int:
    if ONLY in ALONE:
        return subprocess.call([sys.executable, "-m", ALONE[ONLY]])
    if ONLY in {"record", "api", "exports", "size"} and os.environ.get("BENCH_JSON"):
        Path(os.environ["BENCH_JSON"]).unlink(missing_ok=True)  # figures of an older run are none of this one
    codes = []
    with tempfile.TemporaryDirectory(prefix="jitasa-bench-") as folder:
        env = {**os.environ, "JITASA_DATA_DIR": folder, "JITASA_DATABASE_URL": ""}
        codes.append(subprocess.call(ONE, env=env))
    with tempfile.TemporaryDirectory(prefix="jitasa-bench-") as folder:
        env = {**os.environ, "JITASA_DATA_DIR": folder, "JITASA_PG_DURABLE": "1"}
        codes.append(subprocess.call([sys.executable, "scripts/with_postgresql.py", *ONE], env=env))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
