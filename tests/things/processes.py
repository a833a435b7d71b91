"""Processes that live."""

from typing import Any

from django_tasks_db.models import DBTaskResult

from jitasa.config.health import KINDS
from jitasa.heartbeat import Heart
from jitasa.organizations.models import Organization
from tests.cast import NOW
from tests.things.world import World


def living_processes(_world: World, _office: Organization) -> dict[str, Any]:
    """Every kind of process has just given a sign of life."""
    for kind in KINDS:
        Heart(kind).beat()
    return {}


def failed_job(_world: World, _office: Organization) -> dict[str, Any]:
    """A job that failed for good."""
    job = DBTaskResult.objects.create(
        status="FAILED",
        task_path="jitasa.letters.tasks.send",
        queue_name="distribution",
        backend_name="default",
        args_kwargs={"args": [0], "kwargs": {}},
        run_after=NOW,
        finished_at=NOW,
        worker_ids=["host:1:abc"],
        exception_class_path="builtins.ValueError",
        traceback="ValueError: broken",
    )
    return {"pk": job.pk}
