"""The units for systemd in ``deploy/``: whatever ends is started again, for ever."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jitasa.config.supervisor import STOP_SECONDS

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
ONCE = "jitasa-backup.service"  # started by its timer, ends by itself
ALL = sorted(DEPLOY.glob("*.service"))
UNITS = [unit for unit in ALL if unit.name != ONCE]
ANALYZE = shutil.which("systemd-analyze")


def test_there_are_units() -> None:
    assert [unit.name for unit in ALL] == [
        ONCE,
        "jitasa-pictures.service",
        "jitasa-scheduler.service",
        "jitasa-worker.service",
        "jitasa-worker@.service",
        "jitasa.service",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_it_is_started_again_for_ever(unit: Path) -> None:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]  # names are written in capitals
    parsed.read_string(unit.read_text("utf-8"))
    service = parsed["Service"]
    assert service["Restart"] == "always"
    assert parsed["Unit"]["StartLimitIntervalSec"] == "0"  # without it systemd gives up after five quick ends
    assert float(service["TimeoutStopSec"]) > STOP_SECONDS
    assert "0.0.0.0" not in service["ExecStart"]


def test_a_copy_is_compared_as_soon_as_it_is_made_and_where_it_may_write() -> None:
    lines = (DEPLOY / ONCE).read_text("utf-8").splitlines()
    made, compared = (line.split(" ", 1)[1] for line in lines if line.startswith("ExecStart="))
    assert made == f"backup --to {compared.removeprefix('verify-backup ')}"
    writes = next(line for line in lines if line.startswith("ReadWritePaths="))
    assert any(made.split()[-1].startswith(f"{place}/") for place in writes.split("=")[1].split())
    timer = (DEPLOY / ONCE).with_suffix(".timer").read_text("utf-8")
    assert "OnCalendar=*-*-* 02:30:00 Asia/Bangkok" in timer.splitlines()


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", ALL, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault(unit: Path, tmp_path: Path) -> None:
    """The program is not installed here, so another one stands for it."""
    copy = tmp_path / unit.name
    copy.write_text(
        re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.M), "utf-8"
    )
    found = subprocess.run([str(ANALYZE), "verify", "--man=no", copy], capture_output=True, text=True)
    assert found.returncode == 0
    assert not [line for line in found.stderr.splitlines() if unit.name in line], found.stderr
