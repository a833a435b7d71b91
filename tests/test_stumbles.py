"""docs/stumbles.md names tests and pictures that are there; every picture of before and after is shown."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "stumbles.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(\w+):(\w+)::(\w+)`", TEXT)))
PICTURES = ROOT / "docs" / "pictures" / "before-after"
MOST = 60_000  # bytes of a pair


def place(app: str, name: str) -> Path:
    if app in ("tests", "browser"):
        return ROOT / "tests" / ("browser" if app == "browser" else "") / f"test_{name}.py"
    return ROOT / "jitasa" / app / "tests" / f"test_{name}.py"


@pytest.mark.parametrize(("app", "name", "test"), NAMED)
def test_every_test_named_exists(app: str, name: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", place(app, name).read_text("utf-8"), re.MULTILINE)


def test_every_row_names_one() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| point")]
    assert len(rows) > 80
    assert not [row for row in rows if not re.search(r"`\w+:\w+::\w+` \|$", row)]


def test_the_pictures_are_there_and_small() -> None:
    shown = sorted(re.findall(r"\(pictures/before-after/([\w-]+\.webp)\)", TEXT))
    there = {path.name: path.stat().st_size for path in PICTURES.glob("*.webp")}
    assert shown == sorted(there)
    assert len(shown) >= 20
    assert not [name for name, size in there.items() if size > MOST]
