"""PostgreSQL is asked every statement once, not by every test that issues it.

What a page or a service says is made in Python from what statements answer. The part of the suite on SQLite notes
which statements each test issued (``pytest --note-statements FILE``); the part on PostgreSQL, minutes later and on the
same code (``--ask-statements FILE``), leaves out tests whose every statement another test issues there. Nothing is
kept from one run to the next, so nothing grows stale. A test stays when

* it commits (locks, races, processes);
* a statement of it was refused;
* it walks over all addresses with values that databases refuse (``VALUES``), or does something else on PostgreSQL
  (its module names that);
* it is of the share whose turn it is: one in ``SHARES`` of all tests, another with every commit, so that what only
  other values bring out is found within some commits, and the same commit always runs the same tests;
* it is not in the file. Without a file everything runs.

Two statements are the same when their texts are, apart from how many values a list holds and from numbers
written into them, and the kinds of their values are: PostgreSQL minds those, SQLite does not. Among the tests that
issue a statement the one is taken that issues most new ones for its processor time.
"""

import json
import re
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.databases import names_postgresql

STATEMENTS = "statements"
ROOT = Path(__file__).parents[1]
LEAST = 0.03  # seconds that any test takes
VALUES = {"test_bad_requests.py", "test_bad_values.py", "test_nasty_values.py"}
SHARES = 6
LONG_TEXT = 255  # characters; the longest column with a limit
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
PARAMETERS = re.compile(r"%s(?:, %s)*")
ROWS = re.compile(r"\(\?\)(?:, \(\?\))+")
NUMBERS = re.compile(r"\b\d+\b")
ASIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@dataclass(frozen=True)
class Noted:
    """What one test did on SQLite: its statements by digest, whether it runs on PostgreSQL whatever they are, and
    its seconds of processor."""

    statements: frozenset[str]
    always: bool
    cost: float = 0.0


def kind(value: object) -> str:
    """The type of a value, and what PostgreSQL refuses although SQLite takes it: size, and the character NUL."""
    name = type(value).__name__
    if isinstance(value, int) and not -(2**31) <= value < 2**31:
        return f"{name} of {'64 bits' if -(2**63) <= value < 2**63 else 'more'}"
    if isinstance(value, str):
        return name + " with NUL" * ("\0" in value) + ", long" * (len(value) > LONG_TEXT)
    return name


@lru_cache(20_000)
def digest(sql: str, kinds: tuple[str, ...]) -> str:
    """The same for statements that differ only in the length of a list and in numbers."""
    text = NUMBERS.sub("0", ROWS.sub("(?)", PARAMETERS.sub("?", sql)))
    return blake2b(f"{text} {kinds}".encode(), digest_size=8).hexdigest()


class Notes:
    """Collects in each worker; writes one file where the reports come together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, tuple[list[str], bool, float]] = {}
        self.skipped: set[str] = set()
        self._forget()

    def _forget(self) -> None:
        self.seen: set[str] = set()
        self.refused = 0
        self.began = time.process_time()

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(ASIDE):
            values = () if many or not params else params.values() if isinstance(params, dict) else params
            self.seen.add(digest(sql, tuple(sorted({kind(value) for value in values}))))
        try:
            return execute(sql, params, many, context)
        except Exception:
            self.refused += 1
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Iterator[None]:
        self._forget()
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        try:
            return (yield)
        finally:
            always = bool(self.refused) or commits(item)
            cost = round(time.process_time() - self.began, 4)
            item.user_properties.append((STATEMENTS, (sorted(self.seen), always, cost)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that was skipped is not noted: PostgreSQL may have what it needs."""
        if report.skipped:
            self.skipped.add(report.nodeid)
        noted: Any = dict(report.user_properties).get(STATEMENTS)
        if report.when == "teardown" and noted is not None and report.nodeid not in self.skipped:
            self.found[report.nodeid] = noted

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not hasattr(session.config, "workerinput"):
            self.path.write_text(json.dumps(self.found))


def commits(item: pytest.Item) -> bool:
    """Whether the test works outside the transaction that other tests are undone by."""
    marker = item.get_closest_marker("django_db")
    return bool(set(getattr(item, "fixturenames", ())) & COMMITTING) or bool(
        marker and (marker.args or marker.kwargs.get("transaction"))
    )


def read(path: Path) -> dict[str, Noted]:
    """What was noted, by test. Nothing, where there is no file."""
    if not path.exists():
        return {}
    found = json.loads(path.read_text())
    return {test: Noted(frozenset(statements), *how) for test, (statements, *how) in found.items()}


def does_the_same(item: pytest.Item) -> bool:
    """Whether the test issues on PostgreSQL what it issued on SQLite, and with values that both take."""
    return item.path.name not in VALUES and not names_postgresql(item.path)


def turn() -> int:
    """The share that runs whatever its statements: another with every commit, the same for the same commit."""
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return zlib.crc32(asked.stdout.encode()) % SHARES


def enough(items: list[pytest.Item], noted: dict[str, Noted], share: int | None = None) -> list[pytest.Item]:
    """The tests that together issue every statement of all, and those of the ``share``; in their order.

    The same in every worker.
    """
    known = {
        item.nodeid: noted[item.nodeid]
        for item in items
        if item.nodeid in noted and does_the_same(item) and zlib.crc32(item.nodeid.encode()) % SHARES != share
    }
    run = [noted[item.nodeid] for item in items if item.nodeid in noted and item.nodeid not in known]
    issued = set().union(*(each.statements for each in [*run, *known.values()] if each.always))
    left = {name: set(each.statements) for name, each in known.items() if not each.always}
    chosen = set()
    while left := {name: more for name, own in left.items() if (more := own - issued)}:
        best = max(left, key=lambda name: (len(left[name]) / (known[name].cost + LEAST), name))
        chosen.add(best)
        issued |= left[best]
    return [
        item
        for item in items
        if item.nodeid not in known or known[item.nodeid].always or item.nodeid in chosen
    ]
