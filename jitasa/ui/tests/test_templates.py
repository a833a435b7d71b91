"""Rules that hold for every template of the project, not only ours."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

from jitasa.ui import icons

PROJECT = Path(__file__).parent.parent.parent
# Pages for paper are set by typst; only templates a browser gets are walked.
TEMPLATES = sorted(path for path in PROJECT.glob("*/templates/**/*") if path.suffix in {".html", ".svg"})
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
)
HANDLER = re.compile(r"\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
ICON = re.compile(r"{%\s*icon\s+[\"']([\w-]+)[\"']")


def name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_the_content_policy_forbids(path: Path) -> None:
    text = re.sub(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert not INLINE_STYLE.search(text), "no inline style: use a class, or SVG attributes for widths"
    assert not INLINE_SCRIPT.search(text), "no inline script: write a module in static/<app>/"
    assert not HANDLER.search(text), "no event attributes: listen in a module"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_exists(path: Path) -> None:
    unknown = {each for each in ICON.findall(path.read_text(encoding="utf-8")) if not icons.has(each)}
    assert not unknown


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_can_be_parsed(path: Path) -> None:
    try:
        engines["django"].from_string(path.read_text(encoding="utf-8"))
    except TemplateSyntaxError as wrong:
        pytest.fail(str(wrong))


def test_there_are_templates_to_walk() -> None:
    assert len(TEMPLATES) > 20
