"""The worker's loop: runs queued jobs, survives the database's absence, takes up what killed workers left."""

import logging
import os
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, transaction
from django.db.utils import Error as DatabaseError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from jitasa import heartbeat
from jitasa.config.observing.metrics import job_done
from jitasa.problems import Refusal
from jitasa.queues import EVERY, INTERACTIVE, UNNAMED
from jitasa.ui.reading import whole_number

log = logging.getLogger("jitasa.worker")
ATTEMPTS = 5  # a job that kills its worker so often is given up, and stays as failed
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
SILENT_SECONDS = 120.0  # a worker of another machine that said nothing for so long is dead
# After each failure; every job is safe to run again.
RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 900))


def worker_id() -> str:
    """Tells which process on which machine it is, so that others can see whether it lives."""
    return f"{heartbeat.host()}:{os.getpid()}:{get_random_string(8)}"


class KeptWorker(Worker):
    """The library's worker; a job that failed is run again after ever longer waits, ``ATTEMPTS`` times in all.

    What is wrong for good (a refusal, a thing that is gone, code that is gone) is not tried again. The failed ones
    stand on the operator's page (``config.failed_jobs``).
    """

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        began = time.monotonic()
        super().run_task(db_task_result)
        job_done(db_task_result.task_path, db_task_result.status.lower(), time.monotonic() - began)
        tried = len(db_task_result.worker_ids)
        if db_task_result.status != "FAILED":
            return
        if tried >= ATTEMPTS or _for_good(db_task_result.exception_class_path):
            log.error("job %s failed for good: %s", db_task_result.pk, db_task_result.task_path)
            return
        db_task_result.status = "READY"
        db_task_result.finished_at = None
        db_task_result.run_after = timezone.now() + RETRY_AFTER[max(tried, 1) - 1]
        db_task_result.save(update_fields=["status", "finished_at", "run_after"])


def _for_good(exception: str) -> bool:
    """Whether the exception of this path will be met again however often the job is tried."""
    try:
        kind = import_string(exception)
    except ImportError:  # ``Model.DoesNotExist`` is no name of a module
        return exception.endswith(".DoesNotExist")
    return issubclass(kind, (Refusal, ObjectDoesNotExist, ImportError, SystemExit))


def kept_worker(*, once: bool, queues: Sequence[str] = (EVERY,)) -> KeptWorker:
    return KeptWorker(
        queue_names=[*queues, UNNAMED] if INTERACTIVE in queues else [*queues],
        interval=0.5,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(),
        excluded_queue_names=[],
    )


def run_jobs(*, once: bool, queues: Sequence[str] = (EVERY,)) -> None:
    """Until told to stop (or, with ``once``, until nothing is left). A database that is away is waited for."""
    worker = kept_worker(once=once, queues=queues)
    worker.configure_signals()
    wait = FIRST_WAIT
    while worker.running:
        began = time.monotonic()
        try:
            take_up_own(worker.worker_id)
            worker.run()
            return
        except DatabaseError as error:
            if once:
                raise
            if time.monotonic() - began > LONGEST_WAIT:
                wait = FIRST_WAIT
            log.warning("the database does not answer (%s); trying again in %.0f s", _first_line(error), wait)
            connections.close_all()
            if _told_to_stop(worker):  # while the error was on its way
                return
            time.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)


def _told_to_stop(worker: KeptWorker) -> bool:
    return not worker.running


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


def take_up_own(mine: str) -> int:
    """Jobs this worker was running when the database went away. Returns their number."""
    return _put_back([row for row in _running() if _holder(row) == mine])


def take_up_lost() -> int:
    """Jobs left by workers that were killed: to be run again, at most ``ATTEMPTS`` times. Returns their number."""
    alive = {(beat.host, beat.pid) for beat in heartbeat.beats() if beat.age < SILENT_SECONDS}
    return _put_back([row for row in _running() if not _lives(_holder(row), alive)])


def _running() -> list["DBTaskResult[Any, Any]"]:
    return list(DBTaskResult.objects.filter(status="RUNNING").only("pk", "worker_ids"))


def _holder(row: "DBTaskResult[Any, Any]") -> str:
    return row.worker_ids[-1] if row.worker_ids else ""


def _lives(holder: str, alive: set[tuple[str, int]]) -> bool:
    host, _, rest = holder.partition(":")
    number = rest.partition(":")[0]
    process = whole_number(number)
    if process is None:
        return False
    if host == heartbeat.host():
        return _is_worker(process)
    return (host, process) in alive


def _is_worker(pid: int) -> bool:
    """Whether the process still is the worker and no newcomer of the same number."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return b"worker" in file.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True


@transaction.atomic
def _put_back(rows: list["DBTaskResult[Any, Any]"]) -> int:
    if not rows:
        return 0
    given_up = [row.pk for row in rows if len(row.worker_ids) >= ATTEMPTS]
    again = [row.pk for row in rows if len(row.worker_ids) < ATTEMPTS]
    running = DBTaskResult.objects.filter(status="RUNNING")
    running.filter(pk__in=given_up).update(
        status="FAILED", finished_at=timezone.now(), traceback=f"its worker was killed {ATTEMPTS} times"
    )
    count = running.filter(pk__in=again).update(status="READY", started_at=None)
    if count or given_up:
        log.warning("%d jobs of dead workers are run again, %d given up", count, len(given_up))
    return count
