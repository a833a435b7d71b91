"""Run the tests as if it were another day: what holds only today is found before that day comes.

``make test-days`` runs the whole list, ``make test-days DAY=leap`` one of it by name,
``DAY="2028-02-29 10:00"`` any moment (Thailand's time), ``DAY=turn`` the one whose turn it is today:
another every day, so that a daily run sees them all. ``make test-days DAY=list`` shows the names.
Words after ``--`` go to pytest. What can depend on the day is run (``tests/days_asked.py``): three minutes on
two processors.

The clock is moved for the processes of the tests alone, by libfaketime (Debian: ``faketime``).
"""

import argparse
import calendar
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
# A test marked ``at`` has a day of its own.
SUITE = ["-n", "2", "--dist", "worksteal", "--no-migrations", "-m", "not browser and not at"]
DUE_DAY = 5  # of the month after: the due day of the default rounds
FIRST_FISCAL_MONTH = 10
SLEEP = Path(__file__).resolve().parents[1] / "tests" / "moved_clock"  # every Python that starts reads it
TEN = timedelta(minutes=10)  # into the first hour, before the end of the last
HOW = "!! ติดตั้ง libfaketime ก่อน:  sudo apt-get install -y faketime   (needed to move the clock)"


def edges(name: str, year: int, month: int) -> dict[str, datetime]:
    """The last and the first hour around the first of a month, as Thailand and as UTC have it."""
    here, there = datetime(year, month, 1, tzinfo=BANGKOK), datetime(year, month, 1, tzinfo=UTC)
    return {
        f"{name}-last-hour": here - TEN,
        f"{name}-first-hour": here + TEN,
        f"{name}-last-hour-utc": there - TEN,
        f"{name}-first-hour-utc": there + TEN,
    }


def morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=BANGKOK)


def days(now: datetime) -> dict[str, datetime]:
    """The moments to test at, by name: the next of each kind after ``now``."""
    here = now.astimezone(BANGKOK)
    year, month = (here.year, here.month + 1) if here.month < 12 else (here.year + 1, 1)
    if month in (1, FIRST_FISCAL_MONTH):  # those have names of their own
        month += 1
    fiscal = here.year if here.month < FIRST_FISCAL_MONTH else here.year + 1
    leap = next(each for each in range(here.year + 1, here.year + 9) if calendar.isleap(each))
    return {
        "today": now,
        **edges("month", year, month),
        **edges("year", here.year + 1, 1),
        **edges("fiscal-year", fiscal, FIRST_FISCAL_MONTH),
        "leap": morning(leap, 2, 29),
        "due": morning(year, month, DUE_DAY),
        "five-years-on": morning(here.year + 5, here.month, min(here.day, 28)),
    }


def chosen(word: str, now: datetime) -> dict[str, datetime]:
    """The moments asked for. :raises SystemExit: for a word that is neither a name nor a moment."""
    known = days(now)
    if word == "all":
        return known
    if word == "turn":
        name = list(known)[now.toordinal() % len(known)]
        return {name: known[name]}
    if word in known:
        return {word: known[word]}
    try:
        return {word: datetime.fromisoformat(word).replace(tzinfo=BANGKOK)}
    except ValueError:
        sys.exit(
            f"DAY={word}? One of: all, turn, list, {', '.join(known)}, or a moment such as '2028-02-29 10:00'"
        )


def library() -> Path:
    """Where libfaketime is; installed when it is missing and that is allowed."""
    if not shutil.which("faketime") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("→ ติดตั้ง libfaketime (installing faketime)", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "faketime"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
        )
    found = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if found is None:
        sys.exit(HOW)
    return found


def environment(moment: datetime, now: datetime) -> dict[str, str]:
    """An offset, not a moment: it means the same in every process whatever its time zone is."""
    plain = {**os.environ, "JITASA_DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "", "JITASA_MOVED_DAY": "1"}
    offset = round((moment - now).total_seconds())
    if not offset:
        return plain
    moved = {
        "LD_PRELOAD": str(library()),
        "FAKETIME": f"{offset:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # What it mends in an old C library makes every thread that waits for its turn ask without a pause here.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }
    moved["PYTHONPATH"] = os.pathsep.join(filter(None, (str(SLEEP), os.environ.get("PYTHONPATH"))))
    return plain | moved


def run(name: str, moment: datetime, words: list[str]) -> bool:
    """Whether the tests hold at that moment."""
    print(
        f"\n── {name}: {moment.astimezone(BANGKOK):%Y-%m-%d %H:%M} น. ({moment.astimezone(UTC):%d %H:%M} UTC)",
        flush=True,
    )
    pytest = [sys.executable, "-m", "pytest", *SUITE, *words]
    return subprocess.run(pytest, env=environment(moment, datetime.now(UTC)), check=False).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("day", nargs="?", default="all")
    parser.add_argument("words", nargs="*", help="for pytest")
    asked = parser.parse_args()
    now = datetime.now(UTC)
    if asked.day == "list":
        for name, moment in days(now).items():
            print(f"{name:28}{moment.astimezone(BANGKOK):%Y-%m-%d %H:%M}")
        return
    failed = [name for name, at in chosen(asked.day, now).items() if not run(name, at, asked.words)]
    print("\n✗ ไม่ผ่านในวัน (failed on): " + ", ".join(failed) if failed else "\n✓ ผ่านทุกวัน (holds on every day)")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
