"""Programs are imported before Django is set up: an import too early keeps every process from starting."""

import subprocess
import sys
from pathlib import Path

import pytest

from jitasa.config.tests.served import environment

# What only those need who show a page, set a document, read a sheet or ask PostgreSQL: it doubles a start.
LATER = r"^(psycopg|pythainlp|pikepdf|docx|pptx|openpyxl|pyxform|xlsxwriter|ninja|geothai)$|^jitasa\..*\.(views|outputs)"
# What only those need who make a file, cut a text into words or keep files elsewhere: a third of what all pages load.
WHEN_MADE = r"^(pikepdf|docx|pptx|openpyxl|pyxform|boto3|pythainlp|icalendar|markdown_it)$"


@pytest.mark.parametrize(
    "module",
    ["jitasa.config.web.process", "jitasa.config.web.front", "jitasa.config.cli", "jitasa.config.supervisor"],
)
def test_a_program_is_imported_without_django(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-1000:]


@pytest.mark.parametrize(
    ("load", "not_loaded"),
    [("", LATER), ("import jitasa.config.urls, jitasa.files.sending", WHEN_MADE)],
    ids=["no page", "every page"],
)
def test_a_process_loads_what_it_uses(tmp_path: Path, load: str, not_loaded: str) -> None:
    code = f"""
import re, sys, django
django.setup()
{load}
print(*(name for name in sys.modules if re.search(r"{not_loaded}", name)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
