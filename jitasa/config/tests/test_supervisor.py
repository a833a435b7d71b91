"""The supervisor over real processes: whatever is killed comes back, whatever happens to the database."""

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.supervisor import Program, Supervisor
from jitasa.config.tests.served import answers, wait_until
from jitasa.config.tests.site import PATIENCE, PROCESSES, Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    try:
        wait_until(site.well, PATIENCE, "the site")
        wait_until(lambda: all(map(site.pid, PROCESSES)), PATIENCE, "every process to be heard")
        yield site
    finally:
        if site.process.poll() is None:
            site.process.kill()
        for name in PROCESSES:
            if pid := site.pid(name):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue


def test_killed_processes_come_back(site: Site) -> None:
    for name in ("web-1", "worker", "pictures", "scheduler"):
        site.kill(name)
        assert f"{name} (pid" in site.log.read_text()
    assert "was killed by SIGKILL; starting again" in site.log.read_text()
    wait_until(site.well, PATIENCE, "the site to be well again")


def test_two_quick_crashes_of_every_web_process_do_not_end_the_site(site: Site) -> None:
    for _ in range(2):
        for name in ("web-1", "web-2"):
            site.kill(name)
    assert site.process.poll() is None
    wait_until(site.well, PATIENCE, "the site to be well again")


def test_the_worker_lives_through_a_locked_database(site: Site) -> None:
    """Longer than any patience: the lock is held until the worker has said that it cannot get in."""
    pid = site.pid("worker")
    lock = sqlite3.connect(site.folder / "jitasa.sqlite3", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        time.sleep(5)
        assert answers(site.port)
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert site.pid("worker") == pid
    assert site.process.poll() is None


def test_ctrl_c_ends_everything_soon(site: Site) -> None:
    """Nothing is left behind; also where another worker ran the tests before this one on a site of its own."""
    pids = [site.pid(name) for name in PROCESSES]
    site.stop()
    assert "did not stop" not in site.log.read_text()
    assert site.process.returncode == 0
    wait_until(lambda: not any(map(is_there, pids)), 30, "every process to be gone")


def is_there(pid: int) -> bool:
    """Whether a process has that number (one whose parent has just gone, too, until it is buried)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_cannot_start_is_tried_again_ever_later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor([Program("crash", [sys.executable, "-c", "raise SystemExit(3)"])], said.append)
    kept = supervisor.kept[0]
    now = 0.0
    for _ in range(12):
        kept.tend(now)  # starts
        assert kept.process is not None
        kept.process.wait(30)
        kept.tend(now)  # notices the end
        now += 40
    waits = [float(line.rsplit(" in ", 1)[1].split()[0]) for line in said if "starting again" in line]
    assert waits[:4] == [0.2, 0.4, 0.8, 1.6]
    assert waits[-1] == 30.0
    assert kept.restarts == 12


def test_what_hangs_is_killed(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    said: list[str] = []
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    kept = Supervisor([Program("web-9", sleeper, silent_seconds=60)], said.append).kept[0]
    kept.tend(0.0)
    assert kept.process is not None
    from jitasa import heartbeat

    facts = {
        "name": "web-9", "host": heartbeat.host(), "pid": kept.process.pid, "at": time.time() - 90,
        "boot": heartbeat.boot(), "since_boot": heartbeat.since_boot() - 90, "said": {},
    }  # fmt: skip
    heartbeat.folder().mkdir()
    (heartbeat.folder() / f"{heartbeat.host()}.web-9.json").write_text(json.dumps(facts))
    kept.tend(100.0)
    assert kept.process.wait(10) == -signal.SIGKILL
    assert "no sign of life" in said[-1]


def test_what_is_done_once_is_not_started_again_and_others_wait_for_it(tmp_path: Path) -> None:
    """The first try fails: only one that ends well has done its work."""
    once = f"import pathlib, sys; p = pathlib.Path({str(tmp_path / 'tried')!r}); t = p.exists(); p.touch(); sys.exit(not t)"
    said: list[str] = []
    supervisor = Supervisor(
        [
            Program("first", [sys.executable, "-c", once], once=True),
            Program("second", [sys.executable, "-c", "import time; time.sleep(600)"], after=("first",)),
        ],
        said.append,
    )
    first, second = supervisor.kept
    for now in (0.0, 100.0):
        supervisor.tend(now)
        assert second.process is None
        assert first.process is not None
        first.process.wait(30)
        supervisor.tend(now + 1)
    assert first.done
    try:
        for now in (200.0, 300.0):
            supervisor.tend(now)
            assert first.process is None
            assert second.process is not None
    finally:
        if second.process is not None:
            second.process.kill()
            second.process.wait()
    assert sum("first started" in line for line in said) == 2
