"""Jobs of killed workers and jobs that failed are run again, and given up in the end; a worker keeps to its queues."""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from jitasa import heartbeat
from jitasa.config import jobs
from jitasa.config.failed_jobs import WORDS
from jitasa.letters.models import Letter
from jitasa.problems import Refusal
from jitasa.queues import DOCUMENTS, EVERY, INTERACTIVE, NOTICES, QUEUES, UNNAMED
from tests.cast import NOW

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [*QUEUES, UNNAMED]}}
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


def fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __getattr__(self, _name: str) -> Any:
            raise error

    monkeypatch.setattr("jitasa.notices.tasks.Notice.objects", Failing())


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_five_times_after_ever_longer_waits(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = QUEUE
    fails_with(ConnectionRefusedError("no mail server"), monkeypatch)
    row = job(task_path="jitasa.notices.tasks.send_mail_of", queue_name=NOTICES, status="READY")
    worker, waits = jobs.kept_worker(once=True), []
    for number in range(jobs.ATTEMPTS):
        row.claim(f"{jobs.worker_id()}-{number}")
        asked = timezone.now()
        worker.run_task(row)
        row.refresh_from_db()
        if row.status == "READY":
            waits.append(round((row.run_after - asked).total_seconds() / 15) * 15)
    assert waits == [15, 60, 300, 900]
    assert (row.status, "no mail server" in row.traceback) == ("FAILED", True)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [Refusal("no"), Letter.DoesNotExist("gone"), ImportError("gone")])
def test_what_is_wrong_for_good_is_not_tried_again(
    error: Exception, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = QUEUE
    fails_with(error, monkeypatch)
    row = job(jobs.worker_id(), task_path="jitasa.notices.tasks.send_mail_of", queue_name=NOTICES)
    jobs.kept_worker(once=True).run_task(row)
    row.refresh_from_db()
    assert row.status == "FAILED"


@pytest.mark.django_db(transaction=True)  # the worker closes its connection when it is done
@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ([NOTICES], {NOTICES}),
        ([NOTICES, DOCUMENTS], {NOTICES, DOCUMENTS}),
        ([INTERACTIVE], {INTERACTIVE, UNNAMED}),  # an older version's jobs are left to nobody else
        ([EVERY], {*QUEUES, UNNAMED}),
    ],
)
def test_a_worker_keeps_to_its_queues(given: list[str], taken: set[str], settings: Any) -> None:
    settings.TASKS = QUEUE
    for name in (*QUEUES, UNNAMED):
        job(status="READY", queue_name=name, task_path="jitasa.notices.tasks.send_mail_of")
    jobs.run_jobs(once=True, queues=given)
    left = set(DBTaskResult.objects.filter(status="READY").values_list("queue_name", flat=True))
    assert left == {*QUEUES, UNNAMED} - taken


def tasks() -> list[Task[Any, Any]]:
    modules = [f"{app.name}.tasks" for app in apps.get_app_configs() if app.name.startswith("jitasa.")]
    found = [import_module(name) for name in modules if find_spec(name)]
    return [each for module in found for each in vars(module).values() if isinstance(each, Task)]


def test_every_job_has_a_queue_and_words_for_the_operator() -> None:
    assert {task.queue_name for task in tasks()} <= set(QUEUES)
    assert {task.module_path for task in tasks()} == set(WORDS)
