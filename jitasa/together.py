"""Statements of one transaction that PostgreSQL is sent in one go.

Handing one statement over costs more than the database needs for it: a message, two changes of process, a cursor
(docs/adr/0044). Inside :func:`together` what :func:`run` is given waits, and is sent as one text. On SQLite, which
has no way to go, each is run at once.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

Then = Callable[[list[tuple[Any, ...]]], None]
Statement = tuple[str, Sequence[Any], Then | None]


class _Waiting(threading.local):
    statements: list[Statement] | None = None


_waiting = _Waiting()


@contextmanager
def together() -> Iterator[None]:
    """Inside a transaction: what :func:`run` is given in the block has been run at its end, in its order.

    A block inside another one sends everything that waits by its end. So does any other statement: it never
    overtakes one that waits. What fails is raised then; when the block itself raises, what waits is given up, so
    the transaction must be, too.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        yield
    elif _waiting.statements is not None:
        yield
        send()
    else:
        _waiting.statements = []
        try:
            with database.execute_wrapper(_after_those_that_wait):
                yield
                send()
        finally:
            _waiting.statements = None


def run(sql: str, values: Sequence[Any] = (), *, then: Then | None = None) -> None:
    """Run a statement with ``%s`` for each value; ``then`` is called with its rows, when they are there."""
    if _waiting.statements is not None:
        _waiting.statements.append((sql, values, then))
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        if then is not None:
            then(cursor.fetchall())


def literals(values: Sequence[Any]) -> tuple[str, ...]:
    """The values as they stand in PostgreSQL's SQL."""
    from psycopg.adapt import Transformer

    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    literal = Transformer(database.connection).as_literal
    return tuple([literal(value).decode() for value in values])


def send() -> None:
    """Send what waits, if anything does."""
    while _waiting.statements:
        statements, _waiting.statements = _waiting.statements, []
        places = iter(literals([value for _sql, values, _then in statements for value in values]))
        texts = [sql % tuple([next(places) for _value in values]) for sql, values, _then in statements]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(";\n".join(texts))
            for _sql, _values, then in statements:
                if then is not None:
                    then(cursor.fetchall())
                cursor.nextset()


def _after_those_that_wait(execute: Callable[..., Any], *arguments: Any) -> Any:
    send()
    return execute(*arguments)
