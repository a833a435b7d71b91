"""A full disk: nothing typed is lost, nothing half-written stays."""

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.tests.test_record_page import edit_url, typed
from jitasa.photos import store
from jitasa.photos.models import Photo
from jitasa.photos.tests import pictures
from jitasa.ui.storage_full import is_storage_full
from tests.cast import Cast

KB = 1024


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real file system of 256 kB; skipped where the machine lets nobody mount one."""
    folder = Path(tempfile.mkdtemp())
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        folder.rmdir()
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def large_picture() -> bytes:
    return pictures.saved(pictures.scene(1600, 1200), ".png")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def form_with_picture(cast: Cast) -> dict[str, Any]:
    return typed(cast, kind="", sub_kind="", result="ผลที่พิมพ์ไว้ยาว ๆ <b>") | {
        "action": "save",
        "photo_files": SimpleUploadedFile("ภาพ.png", large_picture(), "image/png"),
    }


def assert_given_back(answer: Any) -> None:
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "ที่เก็บข้อมูลของระบบเต็ม" in page
    assert 'name="result" value="ผลที่พิมพ์ไว้ยาว ๆ &lt;b&gt;"' in page
    assert 'name="place" value="หาดนพรัตน์ธารา"' in page
    assert not Activity.objects.exists()


def test_no_room_for_the_picture(cast: Cast, small_disk: Path, settings: Any) -> None:
    """The store is full: the form without script gives back what was typed; no half file stays."""
    settings.MEDIA_ROOT = small_disk
    before = Photo.objects.count()
    form = form_with_picture(cast)
    made = Photo.objects.count()
    assert_given_back(cast.client("anong").post(edit_url(uuid4()), form))
    assert Photo.objects.count() == made >= before
    assert files_in(store.incoming()) == []


def test_no_room_in_the_temporary_folder(cast: Cast, small_disk: Path, settings: Any) -> None:
    """The file is given up while it is read; the fields behind it still come."""
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    form = form_with_picture(cast)
    form = {"photo_files": form.pop("photo_files"), **form}  # the file first
    assert_given_back(cast.client("anong").post(edit_url(uuid4()), form))
    assert files_in(small_disk) == []
    assert os.statvfs(small_disk).f_bfree * os.statvfs(small_disk).f_frsize > 200 * KB


def test_a_script_is_told_so_too(cast: Cast, small_disk: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = small_disk
    file = SimpleUploadedFile("a.png", large_picture(), "image/png")
    answer = cast.client("anong").post(
        reverse("photos:upload"), {"file": file}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 507
    assert answer.json()["code"] == "storage_full"


def test_any_write_that_finds_no_room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can mount: the same with a system call that says so."""

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    form = form_with_picture(cast)
    monkeypatch.setattr(os, "fsync", full)
    assert_given_back(cast.client("anong").post(edit_url(uuid4()), form))
    assert files_in(store.incoming()) == []


def test_a_full_database_is_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_values: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("jitasa.activities.views.record.save_draft", full)
    form = form_with_picture(cast)
    del form["photo_files"]
    assert_given_back(cast.client("anong").post(edit_url(uuid4()), form))


def test_passwords_are_not_given_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_values: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("jitasa.accounts.views.change_password", full)
    cast.people["anong"].set_password("รหัสเดิม-77")
    cast.people["anong"].save()
    form = {
        "old_password": "รหัสเดิม-77",
        "new_password1": "ชายหาด-ลูกยาง-77",
        "new_password2": "ชายหาด-ลูกยาง-77",
    }
    answer = cast.client("anong").post(reverse("accounts:password"), form)
    assert answer.status_code == 507
    assert "ชายหาด" not in answer.content.decode()


def test_other_errors_are_not_taken_for_it() -> None:
    assert not is_storage_full(OSError(errno.EACCES, "no"))
    assert not is_storage_full(OperationalError("database is locked"))
    assert not is_storage_full(None)
