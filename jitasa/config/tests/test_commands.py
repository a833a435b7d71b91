"""The commands an operator types, each entered over a real process and bounded in time.

One folder goes through them in the order of docs/operator.md. ``serve`` with killed processes and a locked
database is in ``test_supervisor.py``.
"""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db import DatabaseError, connection, transaction

from jitasa.config import tables
from jitasa.config.cli import COME_AGAIN, COMMANDS, DATABASE_AWAY, NO_TABLES, RENAMED, UNUSABLE
from jitasa.config.tests.served import answers, environment, get, status, wait_until
from jitasa.config.tests.site import PATIENCE, free_port

pytestmark = pytest.mark.long  # all of them together, so that one worker of the suite fills the folder
MOST = 600.0  # seconds; a hanging command ends here, on however busy a machine
JITASA = [sys.executable, "-m", "jitasa.config"]
MUST_END = 60.0


def jitasa(folder: Path, *words: str) -> str:
    """What a command prints; it must end well and say nothing of a traceback."""
    done = subprocess.run(
        [*JITASA, *words],
        env=environment(folder, JITASA_WEB_PROCESSES="1"),
        capture_output=True,
        text=True,
        timeout=MOST,
        check=False,
    )
    assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr[-4000:])
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on until it is told to stop; whatever happens, nothing is left behind."""
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [*JITASA, *words], env=environment(folder, JITASA_WEB_PROCESSES="1"), stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def rows(folder: Path) -> dict[str, int]:
    """The number of rows of every table that the installation fills."""
    names = (
        "organizations_organization",
        "rounds_kind",
        "rounds_participantgroup",
        "rounds_round",
        "occasions_occasion",
        "activities_activity",
    )
    with sqlite3.connect(folder / "jitasa.sqlite3") as database:
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def without_beats(folder: Path) -> Path:
    """Where processes give their signs of life, without those of processes that ended."""
    beats = folder / "run"
    for old in beats.glob("*.json"):
        old.unlink()
    return beats


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that ``jitasa demo`` has filled from nothing.

    The address is printed when one month stands; Ctrl+C in the month before it, and the next start tells the rest.
    """
    folder: Path = tmp_path_factory.mktemp("installation")
    port = free_port()
    address, log = f"http://localhost:{port}/", folder / "demo.log"
    with running(folder, "demo", "--port", str(port), "--months", "2") as site:
        wait_until(lambda: address in log.read_text(), PATIENCE, "the address")
        assert answers(port)
        newest = rows(folder)["activities_activity"]
        assert newest > 30
        wait_until(lambda: rows(folder)["activities_activity"] > newest, PATIENCE, "the older month")
        site.send_signal(signal.SIGINT)
        assert site.wait(MUST_END) == 0
    assert (folder / "demo.json").is_file()
    cut = rows(folder)
    told = jitasa(folder, "demo", "--no-serve", "--months", "2")
    assert "ต่อจากที่ค้าง" in told
    assert "http://localhost:8000/" in told
    assert re.search(r"^  anong +\S+", told, re.MULTILINE), told
    assert not (folder / "demo.json").exists()
    whole = rows(folder)
    assert whole["activities_activity"] > cut["activities_activity"] + 30
    assert f"ข้อมูลสาธิต {whole['activities_activity']} กิจกรรม" in told
    return folder


def test_the_demonstration_fills_an_empty_folder_and_leaves_a_full_one_alone(folder: Path) -> None:
    found = rows(folder)
    assert found["organizations_organization"] > 900
    assert "ไม่เขียนทับ" in jitasa(folder, "demo", "--no-serve")
    assert rows(folder) == found


def test_installing_again_changes_nothing(folder: Path) -> None:
    found = rows(folder)
    told = jitasa(folder, "install")
    assert [line[0] for line in told.splitlines()] == ["→"] * 3
    assert rows(folder) == found


def test_the_worker_ends_when_nothing_is_left_to_do(folder: Path) -> None:
    jitasa(folder, "worker", "--once")
    with sqlite3.connect(folder / "jitasa.sqlite3") as database:
        states = database.execute(
            "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY 1"
        ).fetchall()
    assert not {state for state, _count in states} & {"READY", "RUNNING", "FAILED"}, states
    assert "ตัวเลขตรงกับบันทึกทั้งหมด" in jitasa(folder, "check")


def test_the_worker_gives_signs_of_life_and_ends_when_told(folder: Path) -> None:
    beats = without_beats(folder)
    with running(folder, "worker") as worker:
        wait_until(lambda: list(beats.glob("*.worker*.json")), PATIENCE, "a sign of life of the worker")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(MUST_END) == 0


def test_the_demonstration_serves_until_it_is_told_to_stop(folder: Path) -> None:
    port, beats = free_port(), without_beats(folder)
    with running(folder, "demo", "--port", str(port)) as site:
        wait_until(lambda: answers(port) and status(get(port)) == 200, PATIENCE, "the site to be well")
        front = get(port, "/")
        assert status(front) == 200
        assert "จิตอาสา".encode() in front
        pids = [int(json.loads(path.read_text())["pid"]) for path in beats.glob("*.json")]
        site.send_signal(signal.SIGINT)
        assert site.wait(MUST_END) == 0
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


def test_who_tells_the_older_months_says_when_all_of_them_are_there(folder: Path) -> None:
    """The part that a site starts beside itself; here it finds that nothing is left to be told."""
    found = rows(folder)
    assert f"ครบ {found['activities_activity']} กิจกรรม" in jitasa(folder, "demo", "--part", "older")
    assert rows(folder) == found
    assert not (folder / "demo.json").exists()


def test_a_taken_port_is_refused_with_a_line_that_helps(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for words in (("demo", "--port", str(port)), ("serve", "--port", str(port))):
            refused = subprocess.run(
                [*JITASA, *words],
                env=environment(folder, JITASA_WEB_PROCESSES="1"),
                capture_output=True,
                text=True,
                timeout=MOST,
                check=False,
            )
            assert refused.returncode == 1
            assert "พอร์ต" in refused.stderr
            assert "Traceback" not in refused.stderr


def test_the_list_of_commands_names_only_what_exists(folder: Path) -> None:
    told = jitasa(folder, "--help")
    assert all(f"  {name} " in told for name, _words in COMMANDS)
    names = (name.replace("-", "_") for name, _words in COMMANDS)
    assert {RENAMED.get(name, name) for name in names} <= set(get_commands())


@pytest.mark.parametrize(
    "words",
    [["check"], ["compile", "2569-10"], ["create-user", "x", "--organization", "00", "--role", "officer"]],
)
def test_a_database_that_is_away_is_said_in_words_with_a_code_of_its_own(
    tmp_path: Path, words: list[str]
) -> None:
    nobody = f"postgresql://jitasa@127.0.0.1:{free_port()}/jitasa"
    done = subprocess.run(
        [*JITASA, *words],
        env=environment(tmp_path, JITASA_DATABASE_URL=nobody), capture_output=True, text=True, timeout=MOST, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (COME_AGAIN, "")
    assert done.stderr.startswith(DATABASE_AWAY)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["install"], ["check"], ["worker", "--once"]])
def test_a_database_without_tables_is_said_in_words(tmp_path: Path, words: list[str]) -> None:
    done = subprocess.run(
        [*JITASA, *words],
        env=environment(tmp_path), capture_output=True, text=True, timeout=MOST, check=False,
    )  # fmt: skip
    assert done.returncode == UNUSABLE
    assert NO_TABLES in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_a_table_that_no_migration_makes_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DatabaseError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    told = []
    monkeypatch.setattr(connection, "close", lambda: told.append("closed"))
    for waiting in (False, True):
        monkeypatch.setattr(tables, "migrations_wait", lambda waiting=waiting: waiting)
        assert tables.lacks_tables(fault.value) is waiting
    assert told == ["closed"] * 2
    assert not tables.lacks_tables(ValueError("no such table"))
