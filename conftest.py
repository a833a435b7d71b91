"""Fixtures every test may use."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from jitasa.organizations import versions
from tests.cast import Cast, make_cast
from tests.databases import may_differ_on_postgresql, runs_on_sqlite
from tests.pages import guard_pages

guard_pages()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each database runs what can differ there, and says how many tests that left out.

    Those marked ``long`` come first: no worker is left alone with one at the end.
    """
    runs = may_differ_on_postgresql if connection.vendor == "postgresql" else runs_on_sqlite
    left_out = [item for item in items if not runs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if runs(item)]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def cast(db: None) -> Cast:
    """Anong, Boonmee, Chai, Dao, Ek, Fah and their offices."""
    return make_cast()


@pytest.fixture(autouse=True)
def stated_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """``@pytest.mark.at(NOW)``: the clock of the whole process, views and threads included, starts there.

    A test whose expectations name a day says so; all others must hold on any day (``make test-days``).
    """
    marker = request.node.get_closest_marker("at")
    if marker is None:
        yield
        return
    with time_machine.travel(marker.args[0], tick=True):
        yield


@pytest.fixture(autouse=True)
def own_files(settings: object) -> Iterator[None]:
    """Every test has an empty file store and cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = settings.DATA_DIR = Path(folder)  # type: ignore[attr-defined]
        settings.ACCESS_LOG_DIR = Path(folder) / "access"  # type: ignore[attr-defined]
        cache.clear()
        versions.forget()
        yield
