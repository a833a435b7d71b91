"""Read one moment of the data, from the first query to the last, while others go on working."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction whose queries all see the same data.

    SQLite gives that by itself. PostgreSQL gives it at the level REPEATABLE READ, which must be the
    first statement of a transaction: inside another transaction the outer one's level stands.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
