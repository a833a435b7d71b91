"""Several processes write the months of the country, and a database that is being filled gets back what was put away."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from jitasa.activities.models import Activity
from jitasa.compilation.services.check import differences
from jitasa.config.tests.served import environment
from jitasa.demo.services import filling
from jitasa.demo.services.country_month import Country
from jitasa.demo.services.country_writing import write_months
from jitasa.demo.services.seed_country import people_by_office
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.services.install import install_defaults
from jitasa.rounds.services.rounds import ensure_round
from tests.cast import NOW, make_cast

ON_A_FILE = (
    "import django; django.setup(); from jitasa.config.tables import make_tables; make_tables();"
    "from jitasa.demo.tests import test_country_writing as story; story."
)


def begin_to_write() -> Iterator[int]:
    """Three months of the cast."""
    make_cast()
    install_defaults(actor=SYSTEM, now=NOW)
    offices = list(Organization.objects.open().laos().order_by("pk"))
    country = Country(offices=offices, clerks=people_by_office(), points={}, pictures=())
    rounds = [ensure_round(date(2026, month, 1), now=NOW) for month in (9, 10, 11)]
    return write_months(country, rounds, 24, NOW)


def write_side_by_side() -> None:
    """Each month is whole and written in its turn, and no number differs."""
    counts = list(begin_to_write())
    by_month = Activity.objects.values_list("month").annotate(n=Count("pk")).order_by("month")
    assert [n for _month, n in by_month] == counts
    assert min(counts) > 40
    keys = list(Activity.objects.order_by("pk").values_list("month", flat=True))
    assert connection.vendor == "postgresql" or keys == sorted(keys)  # one writer: oldest first
    assert list(differences()) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_months_written_side_by_side_are_whole() -> None:
    write_side_by_side()


def run_on_a_file(folder: Path, story: str) -> None:
    command = [sys.executable, "-c", ON_A_FILE + story]
    done = subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_months_made_for_one_writer_are_whole(tmp_path: Path) -> None:
    """SQLite on a file, as it is used: what is made by other processes is written in turn, and the log is short."""
    run_on_a_file(tmp_path, "write_side_by_side()")
    log = tmp_path / "jitasa.sqlite3-wal"
    assert not log.exists() or log.stat().st_size == 0


def write_one_month_and_stop() -> None:
    months = begin_to_write()
    assert next(months) == Activity.objects.count() > 40
    months.close()  # type: ignore[attr-defined]  # a generator
    assert not active_children()


def test_who_makes_rows_ends_with_the_writer(tmp_path: Path) -> None:
    run_on_a_file(tmp_path, "write_one_month_and_stop()")


KILLED = """
import django; django.setup()
import os, signal, time
from multiprocessing import get_context
from jitasa.demo.services.country_writing import _begin
work = lambda: (_begin(), time.sleep(60))
for _number in range(2):
    process = get_context("fork").Process(target=work)
    process.start()
    print(process.pid, flush=True)
time.sleep(0.2)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_writes_ends_with_who_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], env=environment(tmp_path), stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout
        began, words = time.monotonic(), killed.stdout.read().split()  # ends when all have gone
    assert len(words) == 2
    assert time.monotonic() - began < 30  # not when they have slept enough


Rules = list[tuple[Any, ...]]


def rules() -> Rules:
    """Every rule and index of the tables, as the database says them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint"
            " UNION ALL SELECT indexname, true, indexdef FROM pg_indexes ORDER BY 1, 3"
        )
        return list(cursor.fetchall())


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = rules()
    yield
    assert rules() == before
    assert filling.NOTE not in connection.introspection.table_names()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_put_away_comes_back_even_if_filling_fails() -> None:
    def fails() -> None:
        with filling.filling(print):
            left = [name for name, _valid, _said in rules()]
            assert not [name for name in left if name.startswith("activities_step") and "_fk_" in name]
            assert not {filling.WORDS, "activity_by_day"} & set(left)
            assert {"activity_number_once", "participation_once"} <= set(left)
            raise RuntimeError

    with nothing_changes(), pytest.raises(RuntimeError):
        fails()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_was_put_away_by_a_run_that_was_killed_comes_back() -> None:
    with nothing_changes():
        filling.put_away()
        with connection.cursor() as cursor:  # the killed one had come so far
            cursor.execute(f"SELECT statement FROM {filling.NOTE} WHERE lane = 0 LIMIT 1")
            [(statement,)] = cursor.fetchall()
        filling.run([statement])
        with filling.filling(print):
            pass
