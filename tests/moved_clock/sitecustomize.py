"""Read by every Python of ``make test-days`` as it starts, processes that tests start included.

libfaketime 0.9.10 mistakes the deadline that Python's own sleep waits for (an absolute one, of a clock it
does not move) and answers "Invalid argument". ``select`` waits for a span.
"""

import os
import select
import time


def _sleep(seconds: float, /) -> None:
    select.select([], [], [], seconds)


if "FAKETIME" in os.environ:
    time.sleep = _sleep  # type: ignore[assignment]  # the real one takes what has an index, too
