"""A large sheet through real processes: the worker is killed by ``kill -9`` in the middle and another goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.served import environment, wait_until

ROWS = int(os.environ.get("SHEET_ROWS", "1200"))
PATIENCE = 60.0 + ROWS / 4  # seconds, on a busy machine


class Importing:
    """One sheet in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "jitasa.sqlite3"
        self.env = environment(
            folder, JITASA_DEBUG="1", DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings"
        )

    def act(self, *words: str) -> Any:
        command = [sys.executable, "-m", "jitasa.sheets.tests.by_worker", *words]
        answer = subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE)
        return json.loads(answer.stdout)

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        process = subprocess.Popen([sys.executable, "-m", "jitasa.config", "worker"], env=self.env)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def asked(self, words: str) -> Any:
        with sqlite3.connect(self.database, timeout=60) as database:
            return database.execute(words).fetchone()[0]

    def taken(self) -> int:
        return int(self.asked("SELECT count(*) FROM sheets_importrow WHERE taken"))

    def is_at(self, stage: str) -> bool:
        return bool(self.asked("SELECT stage FROM sheets_sheetimport") == stage)


@pytest.mark.long
def test_a_sheet_whose_worker_is_killed_is_imported_whole_and_once(tmp_path: Path) -> None:
    sheet = Importing(tmp_path)
    assert sheet.act("send", str(ROWS))["status"] == 302
    began = time.monotonic()
    with sheet.worker() as killed:
        wait_until(lambda: sheet.is_at("ready"), PATIENCE, "all rows to be checked")
        checked = time.monotonic()
        assert sheet.act("take")["status"] == 302
        wait_until(lambda: sheet.taken() > 0, PATIENCE, "the first batch")
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    there = sheet.taken()
    assert 0 < there < ROWS
    sheet.act("lost")
    with sheet.worker():
        wait_until(lambda: sheet.is_at("done"), PATIENCE, "all rows to be imported")
    done = time.monotonic()
    facts = sheet.act("facts")
    print(  # noqa: T201 (for docs/performance.md)
        f"{ROWS} rows: checked in {checked - began:.0f} s, killed at {there}, imported {done - checked:.0f} s after"
    )
    assert f"{ROWS:,}" in facts.pop("page")
    assert facts == {
        "stage": "done",
        "taken": ROWS,
        "records": ROWS,
        "numbers": ROWS,
        "revisions": [1],
        "differences": 0,
    }
