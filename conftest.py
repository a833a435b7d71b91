"""Fixtures every test may use."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
import time_machine
from _pytest.unraisableexception import gc_collect_iterations_key
from django.core.cache import cache
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from jitasa.config.garbage import loads_much
from jitasa.organizations import versions
from jitasa.ui import limits
from tests import contexts, migrated, statements
from tests.cast import NOW, Cast, make_cast, sign_in
from tests.costs import measure
from tests.databases import may_differ_on_postgresql, runs_on_sqlite
from tests.days_asked import MOVED_DAY, may_depend_on_the_day, stated_moment
from tests.emptied import empty_after_tests
from tests.order import long_first, workers_of
from tests.pages import guard_pages

loads_much()
guard_pages()
empty_after_tests()
# What hypothesis finds is a fault of the code; how long an example takes is one of a busy machine.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--costs", action="store_true", help="processor time by file and by fixture")
    parser.addoption("--note-statements", metavar="FILE", help="write which statements each test issued")
    parser.addoption("--ask-statements", metavar="FILE", help="leave out tests that issue none of their own")


def pytest_configure(config: pytest.Config) -> None:
    measure(config)
    # At the end pytest collects garbage five times, two seconds on each worker; once finds what was never awaited.
    config.stash[gc_collect_iterations_key] = 1
    migrated.template_ahead(config)
    if path := config.getoption("note_statements"):
        config.pluginmanager.register(statements.Notes(Path(path)), statements.STATEMENTS)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Each database runs what can differ there, and says how many tests that left out.

    ``make test-days`` runs what can differ on another day. Last of all hooks, for pytest-django has an order, too.
    """
    yield
    runs = may_differ_on_postgresql if connection.vendor == "postgresql" else runs_on_sqlite
    chosen = [item for item in items if runs(item) and (not MOVED_DAY or may_depend_on_the_day(item))]
    if connection.settings_dict.get("POOLED"):
        chosen = [item for item in chosen if item.get_closest_marker("own_session") is None]
    if path := config.getoption("ask_statements"):
        chosen = statements.enough(chosen, statements.read(Path(path)), statements.turn())
    if left_out := set(items).difference(chosen):
        config.hook.pytest_deselected(items=list(left_out))
    items[:] = long_first(chosen, workers_of(config))


def pytest_collection_finish() -> None:
    """What is loaded now stays until the end: the garbage collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_use_migrations: bool,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """On PostgreSQL every worker's database is a copy of one that the migrations have made.

    Not behind a pooler, whose connections to that one would forbid to copy it.
    """
    pooled = connection.settings_dict.get("POOLED")
    if connection.vendor == "postgresql" and django_db_use_migrations and not pooled:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template()


@pytest.fixture
def cast(db: None) -> Cast:
    """Anong, Boonmee, Chai, Dao, Ek, Fah and their offices."""
    return make_cast()


@pytest.fixture(scope="module")
def standing_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast for all tests of a module that only undo what they did themselves: walks with a test for each address.

    A test also asks for ``db``, so that what it writes is undone before the next.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def standing_keys(standing_cast: Cast, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Everybody's session key: each signs in once a module instead of once a test or a request.

    A minute before the moment at which the module's tests begin: nobody's sign-in is old, or of later.
    """
    moved = nullcontext() if MOVED_DAY else time_machine.travel(NOW - timedelta(minutes=1), tick=True)
    with django_db_blocker.unblock(), moved:
        return sign_in(standing_cast)


@pytest.fixture(autouse=True)
def stated_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock of the whole process, views and threads included, starts at a stated moment (``tests/days_asked.py``).

    ``@pytest.mark.at(moment)`` names another one than the day of the cast.
    """
    moment = stated_moment(request.node)
    if moment is None:
        yield
        return
    with time_machine.travel(moment, tick=True):
        yield


@pytest.fixture(autouse=True)
def own_files(settings: object, request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test has an empty file store and cache of its own; contexts of templates, if its module reads any."""
    contexts.keep_where_read(request.path)
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = settings.DATA_DIR = Path(folder)  # type: ignore[attr-defined]
        settings.ACCESS_LOG_DIR = Path(folder) / "access"  # type: ignore[attr-defined]
        cache.clear()
        versions.forget()
        limits.forget_taken()
        yield
