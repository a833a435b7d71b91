"""The order of the tests: what takes long by itself is started first, by every worker some of it.

Each worker of pytest-xdist (``--dist worksteal``) is given a contiguous part of the list and takes from the end of
another's when it has done its own. A test marked ``long`` that stood near the end of the list would keep one
processor busy after everybody else is through. Tests that commit stay behind those that are undone, as pytest-django
puts them: they leave empty tables.
"""

from collections.abc import Sequence

import pytest

from tests.statements import commits


def long_first(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests, those marked ``long`` at the beginning of the workers' parts, a whole module each time.

    What a module makes once for its tests is made by one worker.
    """
    first = [item for item in items if item.get_closest_marker("long") is not None and not commits(item)]
    modules = list(dict.fromkeys(item.path for item in first))
    moved = set(first)
    others = iter([item for item in items if item not in moved])
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        size = (len(items) - len(ordered)) // (workers - worker)  # as pytest-xdist cuts the list
        mine = set(modules[worker::workers])
        own = [item for item in first if item.path in mine]
        ordered += [*own, *(item for _place, item in zip(range(size - len(own)), others, strict=False))]
    return ordered


def workers_of(config: pytest.Config) -> int:
    """How many workers share the list; one without pytest-xdist."""
    given: dict[str, int] = getattr(config, "workerinput", {})
    return given.get("workercount", 1)
