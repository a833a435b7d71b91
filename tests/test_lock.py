"""The lock files name every package with its version and the hashes of its files, and no registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-product.lock", "requirements-build.lock")
PINNED = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)(\[[\w,]+\])?==(?P<version>[^\s;]+)( ; .+)?")


def blocks(name: str) -> list[str]:
    """Each requirement with the lines that go on from it."""
    text = (ROOT / name).read_text("utf-8").replace(" \\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    for block in blocks(name):
        requirement, *hashes = re.split(r"\s+--hash=", block)
        assert PINNED.fullmatch(requirement.strip()), f"{block[:80]}: run make lock"
        assert hashes, f"{requirement} has no hash: run make lock"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each.strip()) for each in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", text)


def test_everything_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {
        normal(each) for each in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    locked = {normal(block) for block in blocks("requirements.lock")}
    assert asked <= locked, f"run make lock: {sorted(asked - locked)}"


def test_an_installation_that_only_serves_has_what_was_tested() -> None:
    """The image (deploy/Containerfile) leaves out what tests and measures, and nothing has another version."""
    tested, served = set(blocks("requirements.lock")), set(blocks("requirements-product.lock"))
    assert served < tested, f"run make lock: {sorted(each[:40] for each in served - tested)}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {normal(each) for each in project["dependencies"]} <= {normal(each) for each in served}


def test_the_installation_takes_nothing_else() -> None:
    lines = [
        line
        for line in (ROOT / "scripts" / "setup.sh").read_text("utf-8").splitlines()
        if re.search(r"\bpip\"? install\b", line)
    ]
    assert len(lines) == 3
    for line in lines:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line, line
