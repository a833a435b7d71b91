"""Long tests begin first and on every worker (``tests/order.py``)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.order import long_first


@dataclass(frozen=True)
class Item:
    """As much of a test as is asked for."""

    name: str
    long: bool = False
    module: str = ""
    fixturenames: tuple[str, ...] = field(default=())

    @property
    def path(self) -> Path:
        return Path(self.module or self.name)

    def get_closest_marker(self, name: str) -> object:
        return (name == "long" and self.long) or None


SHORT = [Item(f"short {number}") for number in range(7)]
LONG = [Item(f"long {number}", long=True) for number in range(4)]


def ordered(items: list[Item], workers: int) -> list[str]:
    given: Any = items
    return [item.name for item in long_first(given, workers)]


def test_each_worker_begins_with_its_long_ones() -> None:
    """Eleven tests for three workers: parts of 3, 4 and 4."""
    found = ordered([*SHORT, *LONG], 3)
    assert sorted(found) == sorted(item.name for item in [*SHORT, *LONG])
    parts = found[:3], found[3:7], found[7:]
    assert [[name for name in part if "long" in name] for part in parts] == [
        ["long 0", "long 3"],
        ["long 1"],
        ["long 2"],
    ]
    assert all(part[0].startswith("long") for part in parts)


def test_a_module_stays_with_one_worker() -> None:
    one = [Item(f"one {number}", long=True, module="one") for number in range(3)]
    found = ordered([*SHORT, *one, *LONG[:2]], 3)
    assert found[:3] == ["one 0", "one 1", "one 2"]
    assert found[4] == "long 0"
    assert found[8] == "long 1"


def test_one_worker_begins_with_all_of_them() -> None:
    assert ordered([*SHORT, *LONG], 1)[:4] == [item.name for item in LONG]


def test_those_that_commit_stay_where_they_are() -> None:
    commits = Item("commits", long=True, fixturenames=("transactional_db",))
    assert ordered([*SHORT, commits], 2)[-1] == "commits"


def test_more_long_ones_than_a_part_holds_are_all_there() -> None:
    assert sorted(ordered(LONG, 3)) == [item.name for item in LONG]
    assert ordered([], 3) == []
