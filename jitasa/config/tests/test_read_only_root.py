"""The site where nothing can be written but the data folder, by somebody without a home (containers, systemd units)."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jitasa.config.tests.served import answers, environment, get, status, wait_until
from jitasa.config.tests.site import JITASA, PATIENCE, free_port, make_tables

ROOT = Path(__file__).resolve().parents[3]
CLOSED = """set -e
mount --make-rprivate /
mount --bind "$JITASA_DATA_DIR" "$JITASA_DATA_DIR"
mount -o remount,bind,ro /
if touch "$0/written" 2>/dev/null; then rm "$0/written"; exit 77; fi
exec "$@"
"""
BROKEN_INTO_LINES = (
    "from jitasa.documents.words import with_breaks; print(with_breaks('ประชาชนร่วมกันพัฒนาชุมชน'))"
)


def closed(*command: str) -> list[str]:
    """The command with a file system of its own: all of it read-only but the data folder."""
    return ["unshare", "--mount", "sh", "-c", CLOSED, str(ROOT), *command]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tmp").mkdir()
    given = environment(tmp_path, TMPDIR=str(tmp_path / "tmp"), HOME="/nonexistent", JITASA_WEB_PROCESSES="1")
    given |= {"PYTHONDONTWRITEBYTECODE": "1"}
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs a root that may mount")
    if subprocess.run(closed("true"), env=given, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody close its file system")
    return given


def test_every_process_runs(tmp_path: Path, env: dict[str, str]) -> None:
    make_tables(tmp_path)  # in a second instead of twenty; ``migrate`` finds what it looks for
    subprocess.run(closed(*JITASA, "migrate"), env=env, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        site = subprocess.Popen(
            closed(*JITASA, "serve", "--port", str(port)), env=env, stdout=log, stderr=log
        )
    try:
        wait_until(lambda: answers(port) and status(get(port)) == 200, PATIENCE, "every kind of process")
        assert status(get(port, "/readyz")) == 200
    finally:
        site.send_signal(signal.SIGINT)
        site.wait(90)
    assert "Read-only file system" not in (tmp_path / "log").read_text("utf-8")


def test_words_of_documents_need_no_home(env: dict[str, str]) -> None:
    done = subprocess.run(
        closed(sys.executable, "-c", BROKEN_INTO_LINES), env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
