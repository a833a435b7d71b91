"""Documents that stand alone: every page and section that code, texts or templates cite is in the repository."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KINDS = {".py", ".md", ".typ", ".html", ".css", ".js", ".sh", ".toml", ".yml", ".conf", ".service"}
CITATION = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[\w-]+\.md)(?:[ \n]+§(\d+))?")
# Patterns and names that stand for any file.
GIVEN = {"README.md", "NN-slug.md", "chapters/NN-slug.md"}


def sources() -> list[Path]:
    places = ("jitasa", "tests", "bench", "scripts", "docs", "deploy")
    files = [
        path
        for place in places
        for path in (ROOT / place).rglob("*")
        if path.suffix in KINDS and path != Path(__file__)
    ]
    return [*files, *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]


def missing(path: Path) -> list[str]:
    """What a file cites that is not there: a page, or a numbered section of it."""
    found = []
    for name, section in CITATION.findall(path.read_text("utf-8")):
        places = (ROOT / name, path.parent / name, ROOT / "docs" / name)
        page = next((place for place in places if place.is_file()), None)
        if page is None:
            if name not in GIVEN:
                found.append(name)
        elif section and not re.search(rf"^## {section}\. ", page.read_text("utf-8"), re.MULTILINE):
            found.append(f"{name} §{section}")
    return found


def test_every_citation_resolves() -> None:
    wrong = {str(path.relative_to(ROOT)): lost for path in sources() if (lost := missing(path))}
    assert wrong == {}


@pytest.mark.parametrize("text", ["see docs/nothing.md", "see docs/domain.md §99"])
def test_a_citation_that_leads_nowhere_is_found(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    assert missing(page)
