"""``response.context`` is kept for the tests that read it.

Django's test client copies the context of every template that is drawn, a hundred times for a page of rows.
"""

import re
from functools import cache
from pathlib import Path

from django.template.base import Template
from django.test import utils

ROOT = Path(__file__).parent.parent
READS = re.compile(r"\.context\b(?!\()|\.templates\b|assertTemplate|template_rendered")
HELPERS = re.compile(r"^from ((?:jitasa\.\w+\.)?tests\.[\w.]+) import", re.MULTILINE)


@cache
def are_read(path: Path) -> bool:
    """By the module or by another of the tests that it takes something from."""
    source = path.read_text(encoding="utf-8")
    helpers = (ROOT / f"{name.replace('.', '/')}.py" for name in HELPERS.findall(source))
    return bool(READS.search(source)) or any(are_read(each) for each in helpers if each.exists())


def keep_where_read(path: Path) -> None:
    """From now on, for a test of the module at ``path``."""
    drawn = utils._TestState.saved_data.template_render  # type: ignore[attr-defined]
    Template._render = utils.instrumented_test_render if are_read(path) else drawn  # type: ignore[attr-defined]
