from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from jitasa.photos import store
from jitasa.photos.models import Photo, PhotoState, Upload
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast


def send(cast: Cast, data: bytes, name: str = "ภาพ.jpg", **changes: Any) -> Photo:
    wanted = {"actor": cast.anong, "organization": cast.aonang, "name": name, "now": NOW} | changes
    return receive(file=pictures.as_file(data, name), **wanted)


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_original_is_kept_under_its_hash_and_the_copies_are_made(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    data = pictures.jpeg()
    with django_capture_on_commit_callbacks(execute=True):
        photo = send(cast, data)
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY
    assert store.original(photo.sha256).read_bytes() == data
