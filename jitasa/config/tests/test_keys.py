"""Keys by purpose: each its own, made once, rotated without ending what an older one signed."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from jitasa.config.checks import data_is_private
from jitasa.config.env import BadSetting
from jitasa.config.private_files import keep_private, readable_by_others
from jitasa.config.secret import PURPOSES, key_file, key_ring, rotate
from jitasa.keys import KeyRing
from jitasa.portal.services.request_takedown import hash_of, token_of

LONG, OTHER = "a" * 50, "b" * 50


@pytest.fixture
def kept_umask() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_every_purpose_has_a_key_of_its_own_in_a_private_file(tmp_path: Path) -> None:
    rings = {purpose: key_ring(purpose, tmp_path) for purpose in PURPOSES}
    assert len({ring.current for ring in rings.values()}) == len(PURPOSES)
    for purpose, ring in rings.items():
        assert stat.S_IMODE(key_file(purpose, tmp_path).stat().st_mode) == 0o600
        assert key_ring(purpose, tmp_path) == ring, "the second process reads the same key"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.key" for name in PURPOSES)


def test_the_key_of_an_older_installation_is_kept(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text(LONG, "ascii")
    assert key_ring("secret", tmp_path) == KeyRing(LONG)


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        rings = set(pool.map(lambda _n: key_ring("audit", tmp_path), range(64)))
    assert len(rings) == 1


def test_a_given_key_goes_before_the_kept_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JITASA_AUDIT_KEY", LONG)
    monkeypatch.setenv("JITASA_AUDIT_KEY_FALLBACKS", f"{OTHER}, {'c' * 60}")
    assert list(key_ring("audit", tmp_path)) == [LONG, OTHER, "c" * 60]
    assert not key_file("audit", tmp_path).exists()
    monkeypatch.setenv("JITASA_AUDIT_KEY", "short")
    with pytest.raises(BadSetting, match="JITASA_AUDIT_KEY"):
        key_ring("audit", tmp_path)


def test_a_rotated_ring_signs_anew_and_still_knows_what_the_older_key_signed(tmp_path: Path) -> None:
    before = key_ring("tokens", tmp_path)
    mac = before.mac("x", purpose="p")
    assert rotate("tokens", tmp_path) == 2
    after = key_ring("tokens", tmp_path)
    assert after.mac("x", purpose="p") != mac
    assert after.matches(mac, "x", purpose="p")
    assert not after.matches(mac, "y", purpose="p")
    assert not after.matches(mac, "x", purpose="q")
    assert not KeyRing(after.current).matches(mac, "x", purpose="p"), "gone with the line of the older key"
    assert after.macs("x", purpose="p")[1] == mac
    assert after.encryption_keys(purpose="p")[1] == before.encryption_keys(purpose="p")[0]
    assert before.current not in repr(before), "a log never shows a key"


def test_the_command_rotates_one_key_and_leaves_given_ones_to_the_operator(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder: Path = settings.DATA_DIR  # type: ignore[attr-defined]
    kept = {purpose: key_ring(purpose, folder) for purpose in PURPOSES}
    out = StringIO()
    call_command("rotate_key", "mfa", stdout=out)
    assert "2 กุญแจ" in out.getvalue()
    changed = [purpose for purpose in PURPOSES if key_ring(purpose, folder) != kept[purpose]]
    assert changed == ["mfa"]
    monkeypatch.setenv("JITASA_PID_KEY", LONG)
    with pytest.raises(CommandError, match="JITASA_PID_KEY_FALLBACKS"):
        call_command("rotate_key", "pid")


def test_a_private_link_stays_the_same_after_a_change_of_keys(settings: object) -> None:
    key = uuid4()
    rings = dict(settings.KEYS)  # type: ignore[attr-defined]
    rings["tokens"] = KeyRing(LONG)
    settings.KEYS = rings  # type: ignore[attr-defined]
    link = token_of(key)
    settings.KEYS = {**rings, "tokens": KeyRing(OTHER, (LONG,))}  # type: ignore[attr-defined]
    assert token_of(key) != link
    assert token_of(key, hash_of(link)) == link


def test_what_older_versions_left_readable_is_closed(tmp_path: Path, kept_umask: object) -> None:
    folder = tmp_path / "data"
    (folder / "files").mkdir(parents=True)
    for name in ("jitasa.sqlite3", "jitasa.sqlite3-wal", "jitasa.sqlite3-shm", "worker.log"):
        (folder / name).write_text("x")
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()} == {0o644}
    assert len(readable_by_others(folder)) == 6
    keep_private(folder)
    assert readable_by_others(folder) == []
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "new").write_text("x")
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o600


def test_the_operator_is_told_what_could_not_be_closed(settings: object, kept_umask: object) -> None:
    folder: Path = settings.DATA_DIR  # type: ignore[attr-defined]
    keep_private(folder)
    assert data_is_private(None) == []
    (folder / "open.txt").write_text("x")
    (folder / "open.txt").chmod(0o644)
    (warning,) = data_is_private(None)
    assert "open.txt" in str(warning.msg)


def test_a_fresh_installation_has_no_file_that_others_may_read(tmp_path: Path) -> None:
    """A process of its own, started with the usual open umask: key files, database, -wal and -shm."""
    folder = tmp_path / "data"
    script = (
        "import os, django; django.setup()\n"
        "from django.db import connection\n"
        "from django.core.files.storage import default_storage\n"
        "from django.core.files.base import ContentFile\n"
        "connection.cursor().execute('create table t (n)')\n"
        "default_storage.save('a/b/c.txt', ContentFile(b'x'))\n"
        "for top, folders, files in os.walk(os.environ['JITASA_DATA_DIR']):\n"
        "    print(oct(os.stat(top).st_mode & 0o777), *(oct(os.stat(os.path.join(top, f)).st_mode & 0o777)"
        " + f for f in files))\n"
    )
    environment = os.environ | {
        "JITASA_DATA_DIR": str(folder),
        "JITASA_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        umask=0o022,
        capture_output=True,
        text=True,
        check=True,
    )
    modes = done.stdout.split()
    assert any("jitasa.sqlite3-wal" in mode for mode in modes)
    assert {mode[:5] for mode in modes} == {"0o700", "0o600"}, done.stdout
