"""No test that can come out otherwise on PostgreSQL is left out there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from jitasa.accounts.models import User
from tests.databases import asks_a_database, may_differ_on_postgresql, names_postgresql

ROOT = Path(__file__).parents[1]
TESTS = [*ROOT.glob("jitasa/*/tests/*.py"), *(path for path in ROOT.glob("tests/**/*.py"))]


def test_a_test_that_asks_for_no_database_gets_none(request: pytest.FixtureRequest) -> None:
    """What makes leaving it out right: it would fail on SQLite if it tried."""
    assert not asks_a_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


def test_one_that_asks_runs_on_both(request: pytest.FixtureRequest, db: None) -> None:
    assert may_differ_on_postgresql(request.node)


def addresses(source: str) -> Iterator[int]:
    """Lines that give a process an address of a database: ``JITASA_DATABASE_URL`` and anything but ``""`` and ``nobody``.

    At an address called ``nobody`` nobody answers, whatever the tests run on.
    """
    for node in ast.walk(ast.parse(source)):
        pairs: list[tuple[object, ast.expr]] = []
        match node:
            case ast.Dict():
                pairs = [
                    (getattr(key, "value", None), value)
                    for key, value in zip(node.keys, node.values, strict=True)
                ]
            case ast.Call():
                pairs = [(word.arg, word.value) for word in node.keywords]
        for name, value in pairs:
            nowhere = getattr(value, "value", None) == "" or getattr(value, "id", None) == "nobody"
            if name == "JITASA_DATABASE_URL" and not nowhere:
                yield value.lineno


def test_a_module_that_gives_a_process_a_database_names_postgresql() -> None:
    giving = [path for path in TESTS if list(addresses(path.read_text(encoding="utf-8")))]
    assert len(giving) > 2
    assert not [path for path in giving if not names_postgresql(path)]


def test_whoever_passes_the_environment_on_says_which_database() -> None:
    """``os.environ`` names the database of the run: a process that inherits it must not inherit that unseen."""
    passing = [
        path
        for path in TESTS
        if "os.environ" in (source := path.read_text(encoding="utf-8")) and "subprocess" in source
    ]
    assert len(passing) > 3
    silent = [path.name for path in passing if "JITASA_" not in path.read_text(encoding="utf-8")]
    assert not silent


def test_whoever_leaves_postgresql_out_says_why() -> None:
    """And no whole module: the reason is one of a test."""
    marked = re.compile(r"mark\.decided_in_python(.{0,30})", re.DOTALL)
    found = [
        (path.name, match[1], path.read_text(encoding="utf-8").count("pytestmark = pytest.mark.decided"))
        for path in TESTS
        if path != Path(__file__)
        for match in marked.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 1
    assert all(re.match(r'\("\w{3,}', words) and not whole for _name, words, whole in found), found


@pytest.mark.skipif(connection.vendor == "postgresql", reason="here it is the other way round")
def test_the_mark_is_for_postgresql_alone(request: pytest.FixtureRequest) -> None:
    assert not any(item.get_closest_marker("postgresql") for item in request.session.items)
