"""Run the recording benchmark on SQLite and on PostgreSQL, one after the other, each with fresh data.

make bench                          # both databases, 8 clients, 20 seconds each
make bench ONLY=record JSON=FILE    # the road of a record: 32 clients on PostgreSQL, 8 on SQLite
BENCH_SECONDS=5 make bench
"""

import os
import subprocess
import sys
import tempfile

ONE = [sys.executable, "-m", {"": "bench.one", "record": "bench.record"}[os.environ.get("BENCH_ONLY", "")]]


def main() -> int:
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
