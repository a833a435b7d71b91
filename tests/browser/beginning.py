"""What every journey begins with: the cast, the department's lists and the important days, made once.

On SQLite a journey gets them by a copy of the whole database: made anew and emptied table by table they took more
processor than the page that asked for them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
import time_machine
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.services.install import install_defaults
from tests.browser.days import NOW, TODAY
from tests.cast import Cast, make_cast


def make_beginning() -> Cast:
    cast = make_cast()
    install_defaults(actor=SYSTEM, now=NOW)
    install_occasions(years=[TODAY.year + 543], actor=SYSTEM, now=NOW)
    return cast


class Beginning:
    """The database as it was empty and as a journey begins, kept in memory."""

    def __init__(self) -> None:
        self._empty = _copied()
        with time_machine.travel(NOW, tick=True):
            self._cast = make_beginning()
        self._begun = _copied()
        self.empties()

    def begins(self) -> Cast:
        _put_back(self._begun)
        return deepcopy(self._cast)

    def empties(self) -> None:
        _put_back(self._empty)


def _copied() -> sqlite3.Connection:
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)
    return kept


def _put_back(kept: sqlite3.Connection) -> None:
    connection.ensure_connection()
    kept.backup(connection.connection)


@contextmanager
def beginning(blocker: DjangoDbBlocker) -> Iterator[Beginning | None]:
    """None on PostgreSQL, where every journey makes its own; what Django would empty table by table is put back."""
    if connection.vendor != "sqlite":
        yield None
        return
    with blocker.unblock():
        found = Beginning()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: found.empties())
        yield found
