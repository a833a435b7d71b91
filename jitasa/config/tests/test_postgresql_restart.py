"""PostgreSQL is restarted under a running worker: the same process takes up its work again."""

import importlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from jitasa.config.tests.served import environment, wait_until

# A program beside the packages, not one of them.
with_postgresql: Any = importlib.import_module("scripts.with_postgresql")

JITASA = [sys.executable, "-m", "jitasa.config"]
JOB = """INSERT INTO django_tasks_database_dbtaskresult
  (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids, queue_name, backend_name, run_after,
   exception_class_path, traceback)
  VALUES (gen_random_uuid(), 'READY', now(), '{"args": [0], "kwargs": {}}', 0, 'jitasa.notices.tasks.send_mail_of',
   '[]', 'default', 'default', now(), '', '')"""

pytestmark = pytest.mark.postgresql


class Cluster:
    """A PostgreSQL of its own that may be restarted; as in ``scripts/with_postgresql.py``."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.owner = "postgres" if os.geteuid() == 0 else None
        self.bin = with_postgresql.tools()
        if self.owner:
            self.bin = with_postgresql.reachable(self.bin, folder, self.owner)
            os.chmod(folder, 0o755)
            (folder / "data").mkdir()
            shutil.chown(folder / "data", self.owner)
            shutil.chown(folder, self.owner)
        self.run("initdb", "-U", "jitasa", "--auth=trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self.control("start")

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(self.bin / tool), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=self.owner)

    def control(self, what: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-w", "-m", "fast", "-o", options, "-l", str(self.folder / "log"), what)

    @property
    def url(self) -> str:
        return f"postgresql://jitasa@127.0.0.1:{self.port}/postgres"

    def done(self) -> int:
        """Jobs that a worker has finished, one way or another; -1 while the server does not answer."""
        with suppress(psycopg.Error), psycopg.connect(self.url) as server:
            query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE finished_at IS NOT NULL"
            row = server.execute(query).fetchone()
            return int(row[0]) if row else 0
        return -1


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="jitasa-restart-") as folder:
        cluster = Cluster(Path(folder), port)
        yield cluster
        with suppress(subprocess.CalledProcessError):
            cluster.control("stop")


def test_the_worker_lives_through_a_restart(cluster: Cluster, tmp_path: Path) -> None:
    env = environment(
        tmp_path,
        JITASA_DATABASE_URL=cluster.url,
        DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings",
    )
    subprocess.run([*JITASA, "migrate", "--run-syncdb", "--verbosity", "0"], env=env, check=True)
    worker = subprocess.Popen([*JITASA, "worker"], env=env)
    try:
        add_job(cluster)
        wait_until(lambda: cluster.done() == 1, 120, "the first job")
        cluster.control("stop")
        time.sleep(3)
        cluster.control("start")
        add_job(cluster)
        wait_until(lambda: cluster.done() == 2, 120, "the job after the restart")
        assert worker.poll() is None
    finally:
        worker.kill()
        worker.wait()


def add_job(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as server:
        server.execute(JOB)
