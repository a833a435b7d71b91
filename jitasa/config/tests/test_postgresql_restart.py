"""PostgreSQL is restarted under a running worker: the same process takes up its work again."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from jitasa.config.tests.clusters import Cluster
from jitasa.config.tests.served import environment, wait_until

JITASA = [sys.executable, "-m", "jitasa.config"]
JOB = """INSERT INTO django_tasks_database_dbtaskresult
  (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids, queue_name, backend_name, run_after,
   exception_class_path, traceback)
  VALUES (gen_random_uuid(), 'READY', now(), '{"args": [0], "kwargs": {}}', 0, 'jitasa.notices.tasks.send_mail_of',
   '[]', 'default', 'default', now(), '', '')"""

pytestmark = pytest.mark.postgresql


def done(cluster: Cluster) -> int:
    """Jobs that a worker has finished, one way or another; -1 while the server does not answer."""
    with suppress(psycopg.Error):
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE finished_at IS NOT NULL"
        return int(str(cluster.says(query)))
    return -1


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="jitasa-restart-") as folder:
        cluster = Cluster(Path(folder))
        cluster.make()
        yield cluster
        cluster.stop()


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
        wait_until(lambda: done(cluster) == 1, 120, "the first job")
        cluster.control("stop")
        time.sleep(3)
        cluster.control("start")
        add_job(cluster)
        wait_until(lambda: done(cluster) == 2, 120, "the job after the restart")
        assert worker.poll() is None
    finally:
        worker.kill()
        worker.wait()


def add_job(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as server:
        server.execute(JOB)
