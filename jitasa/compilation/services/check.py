"""Compute every stored number again from the records and tell what differs (``jitasa check``).

Nothing here uses the code that keeps the numbers: the sums are made anew from rows, by the database,
so that a mistake in the keeping cannot hide itself. Numbers of other apps: :mod:`jitasa.checking`.
"""

from collections.abc import Iterator
from itertools import chain

from jitasa.checking import Difference, registered
from jitasa.compilation.services import check_rows, check_statements, check_tallies
from jitasa.compilation.services.moment import one_moment


def differences() -> Iterator[Difference]:
    """Every difference in the whole database, as at one moment; memory does not grow with the data."""
    with one_moment():
        yield from chain(
            check_rows.differences(),
            check_tallies.differences(),
            check_statements.differences(),
            *(check.differences() for check in registered()),
        )


__all__ = ["Difference", "differences"]
