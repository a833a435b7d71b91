"""Static files are gathered when they have changed, and only then."""

import os
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.static_files import MANIFEST, collect_static


@pytest.fixture
def source(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.css").write_text("body { color: red }")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    return folder


def test_a_second_start_gathers_nothing(source: Path, tmp_path: Path) -> None:
    assert collect_static()
    assert (tmp_path / "static" / MANIFEST).is_file()
    assert not collect_static()


def test_what_changed_or_was_lost_is_gathered_again(source: Path, tmp_path: Path) -> None:
    collect_static()
    (source / "page.css").write_text("body { color: blue }")
    later = (
        tmp_path / "static" / "page.css"
    ).stat().st_mtime_ns + 5_000_000_000  # Django compares whole seconds
    os.utime(source / "page.css", ns=(later, later))
    assert collect_static()
    assert "blue" in (tmp_path / "static" / "page.css").read_text()
    os.utime(source / "page.css", ns=(1, 1))
    assert collect_static()
    (tmp_path / "static" / MANIFEST).unlink()
    assert collect_static()
    assert not collect_static()
