"""Days on which government offices work, by the package ``holidays`` with its days off in lieu.

A holiday that the cabinet adds later is known with the next version of the package; until then the department
sets the due day itself (``docs/operator.md``).
"""

from datetime import date, timedelta
from functools import cache

import holidays

WEEKEND = 5  # Saturday, by ``date.weekday``


@cache
def _holidays(year: int, language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("TH", years=year, language=language, categories=("public", "government"))


def is_working_day(day: date) -> bool:
    """Monday to Friday, without the public holidays of Thailand and the days off in their place."""
    return day.weekday() < WEEKEND and day not in _holidays(day.year, "th")


def next_working_day(day: date) -> date:
    """The day itself if offices work on it, else the first one after it on which they do."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def holiday_name(day: date, *, language: str = "th") -> str:
    """The last of the names that the day has, which is the one people say; empty for a weekend or a working day.

    :param language: ``th`` or ``en_US``.
    """
    names: str = _holidays(day.year, language).get(day, "")
    return names.split("; ")[-1]
