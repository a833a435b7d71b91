"""A day in this product is a day in Thailand: one way from an instant to a day, held over the whole tree.

The database and the clock speak UTC, in which Thailand's new day begins at 17:00 of the day before.
``some_instant.date()`` or ``.year`` is therefore wrong for seven hours of every day, and
``day.replace(year=...)`` fails on 29 February. ``jitasa.thai.dates`` does both right.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jitasa.thai.dates import day_of, today

ROOT = Path(__file__).parents[1]
# A service, a selector or a rule is told the moment. These may not be: who calls them cannot know it.
MAY_ASK_THE_CLOCK = {
    "jitasa/compilation/services/keep_files.py",  # a long making says at moments of its own how far it is
    "jitasa/distribution/services/send.py",  # a long sending: every chunk goes out at its own moment
    "jitasa/opendata/selectors/summary.py",  # parts and rows of a dataset have one form for all datasets
}
SOURCES = [
    path
    for folder in ("jitasa", "bench", "scripts")
    for path in (ROOT / folder).rglob("*.py")
    if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)
]
HOME = ROOT / "jitasa/thai/dates.py"
INSTANT = ("now", "at", "moment", "begins", "since", "until", "when", "then")
PARTS = {"year", "month", "day", "hour", "weekday", "isocalendar"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_instant(node: ast.expr) -> bool:
    name = _name(node)
    return name in INSTANT or name.endswith("_at")


def _same_day_of_another_year(call: ast.Call) -> bool:
    """``date(day.year + 1, day.month, day.day)``."""
    match call:
        case ast.Call(func=ast.Name(id="date"), args=[ast.BinOp(), _, ast.Attribute(attr="day")]):
            return True
    return False


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of everything that takes a day from an instant in another way, or moves a day by years."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "date" and not node.args:
                yield node.lineno, "day_of(instant), not instant.date()"
            if node.func.attr == "replace" and any(word.arg == "year" for word in node.keywords):
                yield node.lineno, "29 February has no next year: add_months(month, 12)"
        if isinstance(node, ast.Call) and _same_day_of_another_year(node):
            yield node.lineno, "29 February has no next year: add_months(month, 12)"
        if isinstance(node, ast.Attribute) and node.attr in PARTS and _is_instant(node.value):
            yield node.lineno, f"day_of(instant).{node.attr}, not instant.{node.attr}"


def test_every_day_is_a_day_in_thailand() -> None:
    assert len(SOURCES) > 400
    found = [
        f"{path.relative_to(ROOT)}:{line}: {reason}"
        for path in SOURCES
        if path != HOME
        for line, reason in faults(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "now.date()", "row.delivered_at.date()", "timezone.now().date()", "day.replace(year=2027)",
        "date(day.year + 1, day.month, day.day)", "letter.issued_at.year", "begins.year", "now.month",
    ],
)  # fmt: skip
def test_the_search_sees(source: str) -> None:
    assert list(faults(source))


@pytest.mark.parametrize(
    "source", ["day_of(now)", "day.year", "date(day.year, 10, 1)", "row.date", "day.replace(day=1)"]
)
def test_the_search_leaves_alone(source: str) -> None:
    assert not list(faults(source))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 17, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_the_day_begins_at_seventeen_utc(moment: datetime, day: date) -> None:
    assert day_of(moment) == today(moment) == day


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 11, 26))  # noqa: DTZ001 (that is the point)


def asks_the_clock(source: str) -> list[int]:
    """Lines that take the moment from the clock instead of being told."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [node.lineno for node in calls if ast.unparse(node.func) in CLOCKS]


CLOCKS = {"timezone.now", "timezone.localdate", "datetime.now", "date.today", "time.time"}


def test_services_selectors_and_rules_are_told_the_moment() -> None:
    told = [
        path
        for path in SOURCES
        if {"services", "selectors"} & {path.stem, *path.relative_to(ROOT).parts}
        or path.stem in ("rules", "work")
    ]
    assert len(told) > 100
    found = {
        f"{name}:{line}"
        for path in told
        if (name := str(path.relative_to(ROOT))) not in MAY_ASK_THE_CLOCK
        for line in asks_the_clock(path.read_text(encoding="utf-8"))
    }
    assert not found, "pass now: " + ", ".join(sorted(found))


@pytest.mark.parametrize(
    "source", ["timezone.now()", "now or timezone.now()", "today(datetime.now(UTC))", "date.today()"]
)
def test_the_search_for_clocks_sees(source: str) -> None:
    assert asks_the_clock(source)
