"""Enclosures before a real ClamAV daemon with one signature of our own (skipped where there is none)."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from jitasa.documents.intake import types
from jitasa.documents.tests import files
from jitasa.documents.tests.test_intake import verdict

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
MARK = b"A mark that no honest file carries 4711"
pytestmark = pytest.mark.skipif(CLAMD is None, reason="needs clamd")


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """The daemon's socket; files above 1 MB are more than it takes."""
    with tempfile.TemporaryDirectory(prefix="jitasa-clamd-") as name:  # a socket's path must be short
        folder, where = Path(name), f"{name}/clamd.ctl"
        (folder / "db").mkdir()
        (folder / "db" / "own.ndb").write_text(f"Jitasa.Test:0:*:{MARK.hex()}\n")
        (folder / "clamd.conf").write_text(
            f"LocalSocket {where}\nDatabaseDirectory {folder}/db\nForeground yes\nStreamMaxLength 1M\n"
            f"LogFile {folder}/log\nTemporaryDirectory {folder}\n"
        )
        process = subprocess.Popen([str(CLAMD), "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL)
        try:
            for _ in range(300):
                if listens(where):
                    break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield where
        finally:
            process.terminate()
            process.wait(20)


def titled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = MARK.decode()


def listens(where: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(where) == 0


def test_honest_files_are_taken_and_marked_ones_are_not(clamd: str, tmp_path: Path, settings: Any) -> None:
    settings.CLAMD = clamd
    assert verdict(tmp_path, files.pdf()) == "pdf"
    assert verdict(tmp_path, files.word()) == "docx"
    assert verdict(tmp_path, files.pdf(titled)) == str(types.VIRUS)
    assert verdict(
        tmp_path, files.changed(files.word(), {"docProps/app.xml": f"<a>{MARK.decode()}</a>"})
    ) == str(types.VIRUS)


def test_more_than_it_scans_is_not_taken(clamd: str, tmp_path: Path, settings: Any) -> None:
    settings.CLAMD = clamd
    assert verdict(tmp_path, b"\xff\xd8\xff" + bytes(4_000_000) + b"\xff\xd9") == str(types.NOT_SCANNED)
