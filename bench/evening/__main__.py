"""Make a data folder and run one evening in it: ``python scripts/with_postgresql.py python -m bench.evening``."""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.evening import OFFICES
from bench.evening.faults import FAULTS, small_disk

FAULT = os.environ.get("EVENING_FAULT", "none")
DISK_MEGABYTES = max(3000, OFFICES)  # for two pictures of each and their copies there is room twice


def main() -> int:
    names = faults_of(FAULT)
    if unknown := set(names) - set(FAULTS):
        sys.exit(f"EVENING_FAULT: {', '.join(unknown)}? one of none, all, {', '.join(FAULTS)}")
    if "database" in names and "JITASA_PG_CTL" not in os.environ:
        sys.exit("EVENING_FAULT=database needs a PostgreSQL of its own: make evening")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jitasa-evening-")))
        if "disk" in names and not stack.enter_context(small_disk(folder, DISK_MEGABYTES)):
            sys.exit("a disk of its own cannot be mounted here: run as root, or leave EVENING_FAULT=disk out")
        os.environ["JITASA_DATA_DIR"] = str(folder)
        os.environ["JITASA_MFA_REQUIRED"] = (
            "0"  # sessions made here stand for people who signed in by two factors
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
        from bench.evening.run import evening  # settings read the environment

        return evening(folder, names)


def faults_of(asked: str) -> list[str]:
    if asked == "all":
        return [name for name in FAULTS if name != "disk"]
    return [] if asked == "none" else asked.split(",")


if __name__ == "__main__":
    sys.exit(main())
