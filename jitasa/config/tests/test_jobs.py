"""Jobs of killed workers are run again; a job that kills its worker is given up in the end."""

import os
from typing import Any

import pytest
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jitasa import heartbeat
from jitasa.config import jobs
from tests.cast import NOW

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
DEAD_PID = 4_194_400  # above the kernel's largest


def job(*workers: str, **given: Any) -> "DBTaskResult[Any, Any]":
    facts = {
        "status": "RUNNING",
        "started_at": NOW,
        "args_kwargs": {"args": [0], "kwargs": {}},
        "task_path": "jitasa.letters.tasks.send",
        "backend_name": "default",
        "run_after": NOW,
        "worker_ids": list(workers),
        "exception_class_path": "",
        "traceback": "",
    }
    return DBTaskResult.objects.create(**{**facts, **given})


@pytest.mark.django_db
def test_a_job_of_a_killed_worker_is_run_again() -> None:
    dead = job(f"{heartbeat.host()}:{DEAD_PID}:abc")
    unknown = job("no-such-machine:12:abc")
    assert jobs.take_up_lost() == 2
    for row in (dead, unknown):
        row.refresh_from_db()
        assert row.status == "READY"


@pytest.mark.django_db
def test_a_job_of_a_living_worker_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_is_worker", lambda pid: pid == os.getpid())
    alive = job(jobs.worker_id())
    assert jobs.take_up_lost() == 0
    alive.refresh_from_db()
    assert alive.status == "RUNNING"


@pytest.mark.django_db
def test_a_worker_of_another_machine_lives_as_long_as_it_beats(settings: Any) -> None:
    heart = heartbeat.Heart("worker")
    heart.beat()
    path = heart.path
    text = path.read_text().replace(f'"host": "{heartbeat.host()}"', '"host": "other"')
    (path.parent / "other.worker.json").write_text(text)
    job(f"other:{os.getpid()}:abc")
    assert jobs.take_up_lost() == 0
    assert job(f"other:{os.getpid() + 1}:abc")
    assert jobs.take_up_lost() == 1


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_again_and_again_is_given_up() -> None:
    row = job(*[f"{heartbeat.host()}:{DEAD_PID}:{n}" for n in range(jobs.ATTEMPTS)])
    assert jobs.take_up_lost() == 0
    row.refresh_from_db()
    assert row.status == "FAILED"


@pytest.mark.django_db
def test_a_job_that_met_a_locked_database_is_run_again(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = QUEUE

    class Locked:
        def __getattr__(self, _name: str) -> Any:
            raise OperationalError("database is locked")

    monkeypatch.setattr("jitasa.notices.tasks.Notice.objects", Locked())
    row = job(jobs.worker_id(), task_path="jitasa.notices.tasks.send_mail_of")
    worker = jobs.kept_worker(once=True)
    worker.run_task(row)
    row.refresh_from_db()
    assert row.status == "READY"
    assert row.run_after > timezone.now()
