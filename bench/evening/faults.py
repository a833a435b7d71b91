"""What the variant breaks, at the peak of the evening."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.evening import PEAK
from jitasa.config.tests.site import Site

FULL_SECONDS = 10.0
PIECES = (64 << 20, 1 << 20, 4096)  # bytes taken at once while there is room
Fault = Callable[[Site], object]


def kill_web(site: Site) -> None:
    """One web process, without a warning."""
    site.kill("web-1")


def kill_worker(site: Site) -> None:
    """Worker and preparer of pictures."""
    site.kill("worker")
    site.kill("pictures")


def restart_database(_site: Site) -> None:
    """PostgreSQL, as if the power had gone: no connection is closed in order, and its log is replayed."""
    data = Path(os.environ["JITASA_PG_DATA"])
    subprocess.run(
        [os.environ["JITASA_PG_CTL"], "-D", str(data), "-m", "immediate", "-w", "restart"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", user=data.stat().st_uid,
    )  # fmt: skip


def fill_disk(site: Site) -> None:
    """The data folder's disk has no room left, for ten seconds; what becomes free is taken again."""
    stone, due = site.folder / "stone", time.monotonic() + FULL_SECONDS
    with stone.open("wb") as file:
        while time.monotonic() < due:
            for size in PIECES:
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, size)
                    break
            else:
                time.sleep(0.02)
    stone.unlink()


FAULTS: dict[str, Fault] = {
    "web": kill_web,
    "worker": kill_worker,
    "database": restart_database,
    "disk": fill_disk,
}


@contextmanager
def at_the_peak(site: Site, names: list[str], seconds: float) -> Iterator[list[str]]:
    """Breaks what ``names`` says, one after the other from the peak on; gives what was done and when."""
    done: list[str] = []

    def break_them() -> None:
        time.sleep(seconds * PEAK * 0.8)
        for name in names:
            began = time.monotonic()
            FAULTS[name](site)
            done.append(
                f"{name}: {(FAULTS[name].__doc__ or '').strip()} Over after {time.monotonic() - began:.1f} s"
            )

    thread = threading.Thread(target=break_them)
    thread.start()
    try:
        yield done
    finally:
        thread.join()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """``folder`` on a disk of its own, so that it can be filled; gives whether this machine allows it."""
    mounted = os.geteuid() == 0 and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=False, stderr=subprocess.DEVNULL
    ).returncode  # fmt: skip
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
