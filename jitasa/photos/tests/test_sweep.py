"""What a killed process dropped is taken up again, and nothing is asked for twice."""

import os
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from jitasa.photos import store
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.sweep import sweep
from jitasa.photos.tasks import prepare as task
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def queue(settings: object) -> None:
    """Jobs wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # type: ignore[attr-defined]  # the fixture takes any setting


def waiting() -> list[int]:
    jobs = DBTaskResult.objects.filter(status="READY")
    return sorted(job.args_kwargs["args"][0] for job in jobs)


def test_a_picture_nobody_makes_is_asked_for_once(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg())
    assert sweep(NOW + timedelta(minutes=1)).photos == 0  # it may still be on its way
    assert sweep(NOW + timedelta(minutes=5)).photos == 1
    assert waiting() == [photo.pk]
    assert sweep(NOW + timedelta(minutes=10)).photos == 0
    assert waiting() == [photo.pk]


def test_the_job_of_a_killed_worker_is_closed_and_made_anew(cast: Cast) -> None:
    photo = send(cast, pictures.jpeg())
    task.enqueue(photo.pk)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW)
    early = sweep(NOW + timedelta(minutes=3))
    assert (early.jobs, early.photos) == (0, 0)  # it may still be at work
    late = sweep(NOW + timedelta(minutes=5))
    assert (late.jobs, late.photos) == (1, 1)
    assert waiting() == [photo.pk]
    assert DBTaskResult.objects.filter(status="FAILED", finished_at__isnull=False).count() == 1


def test_finished_pictures_are_left_alone(cast: Cast) -> None:
    for state in (PhotoState.READY, PhotoState.BROKEN):
        photo = send(cast, pictures.jpeg(64, 64, seed=len(state)))
        Photo.objects.filter(pk=photo.pk).update(state=state)
    assert sweep(NOW + timedelta(days=1)).photos == 0


def test_uploads_cut_off_long_ago_are_removed(cast: Cast) -> None:
    old, new = store.incoming() / "old", store.incoming() / "new"
    folder = store.incoming() / "folder"
    folder.mkdir()
    (folder / "half.jpg").write_bytes(b"x")
    for path in (old, new):
        path.write_bytes(b"x")
    for path, age in ((old, 2), (folder, 2), (new, 0.1)):
        stamp = (NOW - timedelta(days=age)).timestamp()
        os.utime(path, (stamp, stamp))
    assert sweep(NOW).files == 2
    assert list(store.incoming().iterdir()) == [new]
