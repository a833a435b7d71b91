"""The units for systemd in ``deploy/``: whatever ends is started again, for ever."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jitasa.config.supervisor import STOP_SECONDS

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
ANALYZE = shutil.which("systemd-analyze")


def test_there_are_units() -> None:
    assert [unit.name for unit in UNITS] == [
        "jitasa-scheduler.service",
        "jitasa-worker.service",
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


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault(unit: Path, tmp_path: Path) -> None:
    """The program is not installed here, so another one stands for it."""
    copy = tmp_path / unit.name
    copy.write_text(
        re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.M), "utf-8"
    )
    found = subprocess.run([str(ANALYZE), "verify", "--man=no", copy], capture_output=True, text=True)
    assert found.returncode == 0
    assert not [line for line in found.stderr.splitlines() if unit.name in line], found.stderr
