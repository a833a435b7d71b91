"""Which tests ask the clock, and the day they are given.

In the suite their clock starts at the day of the cast (or the one a test is marked with), so that no day makes it
red. ``make test-days`` moves the clock of everything instead and runs those that can come out otherwise there.

Services, selectors and rules are told the moment (``tests/test_days.py`` holds that), so a test that gives them
one of its own does the same on every day. The day is taken from the clock by views, commands and processes, and
by tests that ask it themselves: a test belongs here when its module does one of these. Left out are

* tests marked ``at``: they bring their day;
* walks of values and of words (``EVERY_DAY_THE_SAME``): they ask every page many times for something else; that
  every page answers on that day is asked once, by ``tests/test_access.py``;
* real processes: libfaketime moves them too, but they are about signals, locks and sockets and take minutes.
"""

import os
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from tests.cast import NOW

MOVED_DAY = bool(os.environ.get("JITASA_MOVED_DAY"))  # said by scripts/on_days.py
CLOCK = re.compile(
    r"timezone\.(now|localdate)|datetime\.now|date\.today|\btoday\(|time\.time|\bclient\b|\.client\(|Client\(|\bBrowser\(|call_command"
)
PROCESSES = re.compile(r"tests\.(served|site)\b|subprocess|jitasa\.config\.tests")
EVERY_DAY_THE_SAME = {
    "test_nasty_values.py",
    "test_forms_say_what_they_ask.py",
    "test_public_points.py",
    "test_ten_thousand_acts.py",  # acts are services, each told its moment
    "test_translations.py",
}


def may_depend_on_the_day(item: pytest.Item) -> bool:
    if item.get_closest_marker("at") is not None or item.path.name in EVERY_DAY_THE_SAME:
        return False
    return _asks_the_clock(item.path)


def stated_moment(item: pytest.Item) -> datetime | None:
    """When the test's clock starts: the moment it names, else the day of the cast, so that no day makes it red.

    ``None`` leaves the clock alone: ``make test-days`` moved it, or the test does not ask it, or it starts
    processes, which have a clock of their own.
    """
    marker = item.get_closest_marker("at")
    if marker is not None:
        moment: datetime = marker.args[0]
        return moment
    return NOW if not MOVED_DAY and _asks_the_clock(item.path) else None


@cache
def _asks_the_clock(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    return bool(CLOCK.search(source)) and not PROCESSES.search(source)
