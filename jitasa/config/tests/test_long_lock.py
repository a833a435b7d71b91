"""Somebody holds SQLite's write lock for 45 seconds: nothing ends, nobody who reads waits, work goes on afterwards."""

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jitasa.config.tests.served import environment, get, status, wait_until
from jitasa.config.tests.site import JITASA, PATIENCE, PROCESSES, Site

LOCKED_SECONDS = 45.0
QUICK = 20.0  # who waited for the lock would wait longer
JOB = """INSERT INTO django_tasks_database_dbtaskresult
  (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids, queue_name, backend_name, run_after,
   exception_class_path, traceback)
  VALUES (lower(hex(randomblob(16))), 'READY', datetime('now'), '{"args": [0], "kwargs": {}}', 0,
   'jitasa.notices.tasks.send_mail_of', '[]', 'default', 'default', datetime('now', '-1 minute'), '', '')"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    env = environment(tmp_path, JITASA_DEBUG="1", DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings")
    subprocess.run([*JITASA, "migrate", "--run-syncdb", "--verbosity", "0"], env=env, check=True)
    site = Site(tmp_path, env)
    try:
        wait_until(site.well, PATIENCE, "the site")
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()


def done(site: Site) -> int:
    with closing(sqlite3.connect(site.folder / "jitasa.sqlite3")) as database:
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE finished_at IS NOT NULL"
        return int(database.execute(query).fetchone()[0])


def add_job(site: Site) -> None:
    with closing(sqlite3.connect(site.folder / "jitasa.sqlite3", timeout=30)) as database, database:
        database.execute(JOB)


@pytest.mark.long
def test_forty_five_seconds_without_the_lock(site: Site) -> None:
    add_job(site)
    wait_until(lambda: done(site) == 1, 120, "the first job")
    wait_until(lambda: all(site.pid(name) for name in PROCESSES), PATIENCE, "everybody to be heard")
    pids = {name: site.pid(name) for name in PROCESSES}
    get(site.port, "/accounts/login/")  # once, so that templates are read
    with closing(sqlite3.connect(site.folder / "jitasa.sqlite3", isolation_level=None, timeout=30)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + LOCKED_SECONDS
        while time.monotonic() < until:
            began = time.monotonic()
            assert status(get(site.port, "/accounts/login/")) == 200
            assert time.monotonic() - began < QUICK
            time.sleep(2)
        lock.execute("ROLLBACK")
    add_job(site)
    wait_until(lambda: done(site) == 2, 120, "the job after the lock")
    assert {name: site.pid(name) for name in PROCESSES} == pids
    assert "starting again" not in site.log.read_text()
