"""Letters, groups and campaigns from before ``distribution`` are all there afterwards, counted truly."""

from typing import Any

import pytest
from django.db import connection

from jitasa.config.tests.walked import walked
from tests import migrated


@pytest.fixture
def found(tmp_path_factory: pytest.TempPathFactory, db: None) -> dict[str, Any]:
    """What stands in a database of the kind that the tests run on when all migrations have been walked."""
    return walked(tmp_path_factory).found if connection.vendor == "sqlite" else migrated.found()


@pytest.mark.long
def test_what_was_there_before_is_there_afterwards(found: dict[str, Any]) -> None:
    assert found["paths"] == {"moved": ["top", "left", "moved"], "stays": ["top", "left", "stays"]}
    assert found["counts"] == {"top": [2, 1], "left": [2, 1], "moved": [1, 1], "stays": [1, 0]}
    assert found["above"] == {"top": None, "left": "top", "moved": "left", "stays": "left"}
    assert found["escalate"] == {"moved": None, "stays": "2026-11-25T03:00:00+00:00"}
    assert (found["typed"], found["group"], found["delivery"]) == (7, ["moved", "stays"], "moved")
    assert found["differences"] == []
