"""PostgreSQL is asked every statement of the pages once, not by every test that opens a page.

What a page says is made in Python from what statements answer. The part of the suite on SQLite notes which statements
each test issued (``pytest --note-statements FILE``); the part on PostgreSQL, minutes later and on the same code
(``--ask-statements FILE``), leaves out tests of pages whose every statement another test issues there. Nothing is
kept from one run to the next, so nothing grows stale. A test stays when

* it opens no page (services, selectors, rules) or commits (locks, races, processes);
* a statement of it was refused;
* it walks over all addresses, or does something else on PostgreSQL (its module names that);
* it is not in the file. Without a file everything runs.

Two statements are the same when their texts are, apart from how many values a list holds and from numbers
written into them, and the kinds of their values are: PostgreSQL minds those, SQLite does not.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import connection

from tests.databases import names_postgresql

STATEMENTS = "statements"
WALKS = Path(__file__).parent
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
PARAMETERS = re.compile(r"%s(?:, %s)*")
ROWS = re.compile(r"\(\?\)(?:, \(\?\))+")
NUMBERS = re.compile(r"\b\d+\b")
ASIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@dataclass(frozen=True)
class Noted:
    """What one test did on SQLite: its statements by digest, and whether it runs on PostgreSQL whatever they are."""

    statements: frozenset[str]
    always: bool


@lru_cache(20_000)
def digest(sql: str, kinds: tuple[str, ...]) -> str:
    """The same for statements that differ only in the length of a list and in numbers."""
    text = NUMBERS.sub("0", ROWS.sub("(?)", PARAMETERS.sub("?", sql)))
    return blake2b(f"{text} {kinds}".encode(), digest_size=8).hexdigest()


class Notes:
    """Collects in each worker; writes one file where the reports come together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, tuple[list[str], bool]] = {}
        self._forget()

    def _forget(self) -> None:
        self.seen: set[str] = set()
        self.pages = self.refused = 0

    def _page(self, **_kwargs: Any) -> None:
        self.pages += 1

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(ASIDE):
            values = () if many or not params else params.values() if isinstance(params, dict) else params
            self.seen.add(digest(sql, tuple(sorted({type(value).__name__ for value in values}))))
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
        request_started.connect(self._page, dispatch_uid=STATEMENTS)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        try:
            return (yield)
        finally:
            always = not self.pages or bool(self.refused) or commits(item)
            item.user_properties.append((STATEMENTS, (sorted(self.seen), always)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        noted: Any = dict(report.user_properties).get(STATEMENTS)
        if report.when == "teardown" and noted is not None:
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
    return {test: Noted(frozenset(statements), always) for test, (statements, always) in found.items()}


def does_the_same(item: pytest.Item) -> bool:
    """Whether the test issues on PostgreSQL what it issued on SQLite: no walk that asks each database for other things."""
    return item.path.parent != WALKS and not names_postgresql(item.path)


def enough(items: list[pytest.Item], noted: dict[str, Noted]) -> list[pytest.Item]:
    """The tests that together issue every statement of all; in their order. The same in every worker."""
    known = {
        item.nodeid: noted[item.nodeid] for item in items if item.nodeid in noted and does_the_same(item)
    }
    issued = set().union(*(each.statements for each in known.values() if each.always))
    left = {name: set(each.statements) for name, each in known.items() if not each.always}
    chosen = set()
    while left := {name: more for name, own in left.items() if (more := own - issued)}:
        best = max(left, key=lambda name: (len(left[name]), name))
        chosen.add(best)
        issued |= left[best]
    return [
        item
        for item in items
        if item.nodeid not in known or known[item.nodeid].always or item.nodeid in chosen
    ]
