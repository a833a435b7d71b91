"""What PostgreSQL is asked: the fewest tests that issue every statement (``tests/statements.py``)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from tests import statements
from tests.statements import SHARES, Noted, Notes, commits, digest, enough, kind, turn

HERE = Path(__file__).parents[1] / "jitasa" / "thai" / "tests" / "test_search.py"


@dataclass
class Item:
    """As much of a test as is asked for."""

    nodeid: str
    path: Path = HERE
    fixturenames: list[str] = field(default_factory=list)


def page(*issued: str, cost: float = 0.0) -> Noted:
    return Noted(frozenset(issued), False, cost)


def chosen(noted: dict[str, Noted], *items: Item) -> list[str]:
    given: Any = items
    return [item.nodeid for item in enough(given, noted)]


def test_a_page_whose_statements_others_issue_is_left_out() -> None:
    noted = {
        "service": Noted(frozenset("a"), always=True),
        "1": page("a", "b"),
        "2": page("a"),
        "3": page("b"),
    }
    assert chosen(noted, Item("1"), Item("2"), Item("service"), Item("3")) == ["service", "3"]
    noted["1"] = page("a", "b", "c")
    assert chosen(noted, Item("1"), Item("2"), Item("service"), Item("3")) == ["1", "service"]


def test_what_is_not_run_is_no_reason_to_leave_another_out() -> None:
    noted = {"service": Noted(frozenset("a"), always=True), "1": page("a")}
    assert chosen(noted, Item("1")) == ["1"]


def test_walks_new_tests_and_those_that_name_postgresql_stay(tmp_path: Path) -> None:
    own = tmp_path / "test_own.py"
    own.write_text("if connection.vendor == 'postgresql': ...")
    walk = Item("walk", Path(statements.__file__).with_name("test_nasty_values.py"))
    noted = {"walk": page("a"), "own": page("a"), "other": page("a")}
    assert chosen(noted, walk, Item("own", own), Item("new"), Item("other")) == [
        "walk",
        "own",
        "new",
        "other",
    ]


def test_without_a_file_everything_runs(tmp_path: Path) -> None:
    assert statements.read(tmp_path / "none.json") == {}
    assert chosen({}, Item("1"), Item("2")) == ["1", "2"]


def test_the_cheaper_of_two_that_issue_the_same_is_taken() -> None:
    noted = {"dear": page("a", "b", cost=9), "cheap": page("a", "b", cost=0.1), "one": page("a", cost=0.1)}
    assert chosen(noted, Item("dear"), Item("cheap"), Item("one")) == ["cheap"]


def test_each_share_runs_some_time_and_always_the_same_for_one_commit() -> None:
    items: Any = [Item(f"test {number}") for number in range(60)]
    noted = {item.nodeid: page("a") for item in items} | {"service": Noted(frozenset("a"), always=True)}
    shares = [{item.nodeid for item in enough(items, noted, share)} for share in range(SHARES)]
    assert set().union(*shares) == {item.nodeid for item in items}
    assert all(0 < len(share) < 30 for share in shares)
    assert turn() == turn()
    assert turn() in range(SHARES)


def test_a_skipped_test_is_not_noted(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "noted.json")

    def reported(name: str, when: str, outcome: str) -> None:
        properties: list[Any] = [(statements.STATEMENTS, ([], False, 0.1))] if when == "teardown" else []
        told: Any = {"nodeid": name, "when": when, "outcome": outcome, "user_properties": properties}
        notes.pytest_runtest_logreport(
            pytest.TestReport(location=("", 0, ""), keywords={}, longrepr=None, **told)
        )

    for name, outcome in (("skipped", "skipped"), ("passed", "passed")):
        reported(name, "setup", outcome)
        reported(name, "teardown", "passed")
    assert set(notes.found) == {"passed"}


def test_values_that_only_postgresql_refuses_are_a_kind_of_their_own() -> None:
    assert kind(5) == kind(-5) == "int"
    assert len({kind(value) for value in (5, 2**31, 2**63)}) == 3
    assert len({kind(value) for value in ("a", "a\0", "a" * 256, b"a", None, True)}) == 6


def test_statements_are_the_same_whatever_a_list_holds_and_other_with_other_kinds() -> None:
    one = "SELECT a FROM b WHERE c IN (%s) LIMIT 21"
    assert digest(one, ("int",)) == digest("SELECT a FROM b WHERE c IN (%s, %s, %s) LIMIT 5", ("int",))
    assert digest(one, ("int",)) != digest(one, ("str",))
    assert digest("INSERT INTO b VALUES (%s, %s)", ()) == digest(
        "INSERT INTO b VALUES (%s, %s), (%s, %s)", ()
    )
    assert digest("SELECT a FROM b WHERE c = %s", ()) != digest("SELECT a FROM b WHERE d = %s", ())


@pytest.mark.django_db
def test_a_test_is_noted_with_what_it_asked(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    notes = Notes(tmp_path / "noted.json")
    with connection.execute_wrapper(notes._note):
        Session.objects.filter(session_key="x").exists()
        with pytest.raises(Exception, match=r"no such|does not exist"), connection.cursor() as cursor:
            cursor.execute("SELECT absent FROM nowhere")
    assert len(notes.seen) == 2
    assert notes.refused == 1
    assert not commits(request.node)
