"""Fetching the face at set-up: from a wheel, and what is said when there is none."""

import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from jitasa.documents import install_fonts


def tiny_font() -> bytes:
    """Only a name table: who made it (13 = licence), in Windows English."""
    text = "GPL with exception".encode("utf-16-be")
    names = struct.pack(">HHH", 0, 1, 18) + struct.pack(">6H", 3, 1, 0x409, 13, len(text), 0) + text
    return (
        struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + b"name" + struct.pack(">III", 0, 28, len(names)) + names
    )


def wheel(folder: Path, count: int) -> Path:
    path = folder / "addon.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"odoo/x/{install_fonts.INSIDE}THSarabunNew-{number}.ttf", tiny_font())
        archive.writestr("odoo/x/static/fonts/thai/Other/Other.ttf", b"no")
    return path


def test_the_four_files_and_the_licence_are_taken_out(tmp_path: Path) -> None:
    target = tmp_path / "fonts"
    install_fonts.unpack(wheel(tmp_path, 4), target)
    assert sorted(path.suffix for path in target.iterdir()) == [".ttf"] * 4 + [".txt"]
    assert "GPL with exception" in (target / "THSarabunNew-LICENCE.txt").read_text()


def test_offline_one_line_says_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def offline(*args: object, **kwargs: object) -> None:
        raise subprocess.CalledProcessError(1, "pip", stderr=b"ERROR: no network")

    monkeypatch.setattr(subprocess, "run", offline)
    assert install_fonts.main([str(tmp_path / "fonts")]) == 0
    said = capsys.readouterr().out
    assert "no network" in said
    assert "Sarabun แทน" in said
    assert not (tmp_path / "fonts").exists()


def test_a_wheel_without_the_face_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install_fonts, "download", lambda _folder: wheel(tmp_path, 2))
    assert install_fonts.main([str(tmp_path / "fonts")]) == 0
    assert "Sarabun แทน" in capsys.readouterr().out


def test_running_twice_is_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_fonts.unpack(wheel(tmp_path, 4), tmp_path / "fonts")
    monkeypatch.setattr(install_fonts, "download", lambda _folder: pytest.fail("asked the network again"))
    assert install_fonts.main([str(tmp_path / "fonts")]) == 0
