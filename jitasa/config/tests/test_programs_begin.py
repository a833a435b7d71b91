"""Programs are imported before Django is set up: an import too early keeps every process from starting."""

import subprocess
import sys
from pathlib import Path

import pytest

from jitasa.config.tests.served import environment

# What only those need who show a page, set a document, read a sheet or ask PostgreSQL: it doubles a start.
LATER = r"^(psycopg|pythainlp|pikepdf|docx|pptx|openpyxl|pyxform|xlsxwriter|ninja|geothai)$|^jitasa\..*\.(views|outputs)"
LOADED = f"""
import re, sys, django
django.setup()
print(*(name for name in sys.modules if re.search(r"{LATER}", name)))
"""


@pytest.mark.parametrize(
    "module",
    ["jitasa.config.web.process", "jitasa.config.web.front", "jitasa.config.cli", "jitasa.config.supervisor"],
)
def test_a_program_is_imported_without_django(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-1000:]


def test_a_process_that_shows_no_page_loads_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
