"""The months of the country, made and written by several processes at once (docs/adr/0163)."""

import gc
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from itertools import count, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection, connections

from jitasa.activities.models import Activity
from jitasa.demo.services.country_month import Batch, Country, CountryMonth, write_batches
from jitasa.inserting import reserved
from jitasa.rounds.models import Round

PROCESSES = 2


def write_months(country: Country, rounds: Sequence[Round], per_month: int, now: datetime) -> Iterator[int]:
    """Writes the month of each round, in their order; gives the number of its records.

    On PostgreSQL several processes write a month each: while the server takes rows of one, others make theirs. SQLite
    has one writer, for whom others make the rows. What stands in an open transaction no other process sees.
    """
    if connection.in_atomic_block or len(rounds) < PROCESSES:
        yield from (CountryMonth(each, country, per_month, now).write() for each in rounds)
    elif connection.vendor == "postgresql":
        yield from _side_by_side(country, rounds, per_month, now)
    else:
        yield from _by_one_writer(country, rounds, per_month, now)


def _side_by_side(country: Country, rounds: Sequence[Round], per_month: int, now: datetime) -> Iterator[int]:
    connections.close_all()  # of which each process needs its own
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), _begin, (country, per_month, now)) as pool:
        yield from pool.map(_write, rounds)


_given: list[Any] = []  # to each process when it begins: too much to be sent with every month


def _begin(*given: Any) -> None:
    _given.extend(given)
    gc.disable()  # would look again and again at all words of the country; what is made here has no cycles
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who was killed is begun again at once: nobody may still write what that one left."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _write(round_: Round) -> int:
    return CountryMonth(round_, *_given).write()


def _by_one_writer(country: Country, rounds: Sequence[Round], per_month: int, now: datetime) -> Iterator[int]:
    first, most = reserved(Activity, 1)[0], len(country.offices) * per_month
    months = [(each, first + number * most) for number, each in enumerate(rounds)]
    connections.close_all()
    fork, pipes = get_context("fork"), list[Connection]()
    with ExitStack() as ends:
        for number in range(PROCESSES):
            pipe, to_writer = fork.Pipe(duplex=False)
            pipes.append(pipe)
            given = (pipes, to_writer, months[number::PROCESSES], country, per_month, now)
            maker = fork.Process(target=_make, args=given, daemon=True)
            maker.start()
            to_writer.close()
            ends.callback(maker.join)
            ends.callback(pipe.close)  # before it: a maker that still has something to say ends
        ends.enter_context(_waiting_less())
        for number, round_ in enumerate(rounds):
            yield write_batches(round_.month, _received(pipes[number % PROCESSES]))


@contextmanager
def _waiting_less() -> Iterator[None]:
    """One wait for the disk in a while: a power cut loses the last months and nothing that stood before them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA cache_size=-256000")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else the log stays as large as a month
        connection.close()  # the next one is as every other


def _make(
    of_writer: Sequence[Connection],
    to_writer: Connection,
    months: Iterable[tuple[Round, int]],
    country: Country,
    per_month: int,
    now: datetime,
) -> None:
    """A maker's share of the months, each with its first key: batch by batch, as fast as the writer takes them."""
    for each in of_writer:
        each.close()  # else the writer could not hang up
    _begin()
    for round_, first in months:
        keys = count(first)
        for batch in CountryMonth(round_, country, per_month, now).batches(partial(islice, keys)):
            to_writer.send(batch)
        to_writer.send(None)


def _received(pipe: Connection) -> Iterator[Batch]:
    """The batches of one month. :raises EOFError: who makes them has failed and has said why."""
    while (batch := pipe.recv()) is not None:
        yield batch
