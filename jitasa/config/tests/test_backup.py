"""A copy made by the real commands, put back into an empty place, and compared; what is wrong with one is found.

On SQLite and on PostgreSQL: the commands get a database of the kind that the tests run on.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.core.management.base import CommandError
from django.db import connection

from jitasa.config.backup import databases
from jitasa.config.tests.served import environment
from tests import migrated

pytestmark = [
    pytest.mark.django_db,  # asks nothing of the tests' own database, but comes out by kind of database
    pytest.mark.own_session,
]
JITASA = [sys.executable, "-m", "jitasa.config"]
# Tables, the cast, a record with a picture that was sent: rows, files and audit chains.
FILL = """
from jitasa.config.garbage import loads_much; loads_much()
import django; django.setup()
from jitasa.config.tables import make_tables
make_tables()
from django.core.files.base import ContentFile
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.demo.pictures import Shot, draw
from jitasa.photos.services.receive import receive
from tests.cast import NOW, make_cast
anong = make_cast().anong
make_lists()
files = [ContentFile(draw(Shot("beach", seed, NOW, None))) for seed in (1, 2)]
photos = [receive(actor=anong, organization=anong.organization, file=each, name="a.jpg", now=NOW) for each in files]
make_sent(anong, pictures=0, photos=tuple(PhotoValue(sha256=each.sha256) for each in photos))
"""
KEYS = ("secret", "tokens", "audit", "access_log", "mfa", "pid")


def run(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*JITASA, *words], env=env, capture_output=True, text=True, timeout=300, check=False
    )


def well(env: dict[str, str], *words: str) -> str:
    done = run(env, *words)
    assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr[-3000:])
    return done.stdout


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[Callable[[str], dict[str, str]]]:
    """Name → the environment of an installation of its own: empty folder, empty database, the same keys.

    On PostgreSQL the one called ``full`` has the tables that the suite's own migrations made.
    """
    server, root = os.environ.get("JITASA_DATABASE_URL", ""), tmp_path_factory.mktemp("places")
    made: list[str] = []

    def at(name: str) -> dict[str, str]:
        folder = root / name
        folder.mkdir()
        if made:
            for key in KEYS:
                shutil.copyfile(root / made[0] / f"{key}.key", folder / f"{key}.key")
        made.append(name)
        if server:
            with psycopg.connect(server, autocommit=True) as admin:
                tables = f" TEMPLATE {migrated.template()}" if name == "full" else ""
                admin.execute(f"CREATE DATABASE backup_{name}{tables}")
        url = urlunsplit(urlsplit(server)._replace(path=f"/backup_{name}")) if server else ""
        return environment(folder, JITASA_DATABASE_URL=url)

    yield at
    if server:
        with psycopg.connect(server, autocommit=True) as admin:
            for name in made:
                admin.execute(f"DROP DATABASE IF EXISTS backup_{name} WITH (FORCE)")


@pytest.fixture(scope="module")
def full(place: Callable[[str], dict[str, str]]) -> dict[str, str]:
    env = place("full")
    done = subprocess.run(
        [sys.executable, "-c", FILL], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return env


@pytest.fixture(scope="module")
def copy(full: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("copies") / "copy"
    well(full, "backup", "--to", str(folder))
    return folder


@pytest.fixture
def own(copy: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(copy, tmp_path / "own"))


def test_what_is_put_back_is_what_was_there(
    full: dict[str, str], copy: Path, place: Callable[[str], dict[str, str]]
) -> None:
    assert "ครบ" in well(full, "verify-backup", str(copy))
    empty = place("empty")
    assert "ตรงกับสำเนา" in well(empty, "restore", "--from", str(copy))
    for command in (("check",), ("check", "--files"), ("verify-audit",)):
        assert well(empty, *command) == well(full, *command)
    again = run(empty, "restore", "--from", str(copy))
    assert again.returncode == 1
    assert "มีตารางอยู่แล้ว" in again.stderr


def test_no_key_and_no_password_is_in_a_copy(full: dict[str, str], copy: Path) -> None:
    secrets = [(Path(full["JITASA_DATA_DIR"]) / f"{key}.key").read_bytes().split()[0] for key in KEYS]
    everything = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    assert not [secret for secret in secrets if secret in everything]
    assert "JITASA_DATABASE_URL" not in json.loads((copy / "manifest.json").read_text())["settings"]


def test_the_next_copy_writes_only_what_is_new(full: dict[str, str], own: Path) -> None:
    def numbers() -> dict[Path, int]:
        return {path: path.stat().st_ino for path in (own / "files" / "media").rglob("*") if path.is_file()}

    well(full, "backup", "--to", str(own))  # pytest's own copying has left other times
    before, extra = numbers(), Path(full["JITASA_DATA_DIR"], "files", "extra")
    assert len(before) >= 2
    extra.write_text("new")
    try:
        well(full, "backup", "--to", str(own))
    finally:
        extra.unlink()
    assert numbers().keys() - before.keys() == {own / "files" / "media" / "extra"}
    assert numbers().items() >= before.items()
    assert len(list(own.glob("database-*"))) == 1
    well(full, "backup", "--to", str(own))
    assert (own / "files" / "media" / "extra").is_file()  # a disk that lost files must not empty the copy
    well(full, "backup", "--to", str(own), "--prune")
    assert numbers() == before


@pytest.mark.parametrize("fault", ["picture", "lost", "database", "counts", "heads"])
def test_a_spoiled_copy_is_found(full: dict[str, str], own: Path, fault: str) -> None:
    said = json.loads((own / "manifest.json").read_text())
    picture = next(path for path in (own / "files" / "media" / "originals").rglob("*") if path.is_file())
    if fault == "picture":
        picture.write_bytes(picture.read_bytes()[:-1])
    elif fault == "lost":
        picture.unlink()
    elif fault == "database":
        (own / said["database"]).write_bytes((own / said["database"]).read_bytes()[:-1])
    elif fault == "counts":
        said["counts"]["activities_activity"] += 1
    else:
        said["heads"] = said["heads"].replace(":", ";", 1)
    (own / "manifest.json").write_text(json.dumps(said))
    done = run(full, "verify-backup", str(own))
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr


def test_another_installations_key_is_refused_before_anything_is_written(
    copy: Path, place: Callable[[str], dict[str, str]]
) -> None:
    other = place("other")
    (Path(other["JITASA_DATA_DIR"]) / "audit.key").unlink()
    done = run(other, "restore", "--from", str(copy))
    assert done.returncode == 1
    assert "audit.key" in done.stderr
    if not other["JITASA_DATABASE_URL"]:
        with (
            suppress(sqlite3.OperationalError),
            sqlite3.connect(Path(other["JITASA_DATA_DIR"]) / "jitasa.sqlite3") as database,
        ):
            assert not database.execute("SELECT name FROM sqlite_master").fetchall()


def test_postgresqls_own_programs_are_kept_from_a_pooler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "POOLED", True)
    with pytest.raises(CommandError, match="JITASA_DATABASE_POOLED=0"):
        databases._tool("pg_dump", "--version")
