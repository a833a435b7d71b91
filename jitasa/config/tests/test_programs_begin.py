"""Programs are imported before Django is set up: an import too early keeps every process from starting."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    ["jitasa.config.web.process", "jitasa.config.web.front", "jitasa.config.cli", "jitasa.config.supervisor"],
)
def test_a_program_is_imported_without_django(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-1000:]
