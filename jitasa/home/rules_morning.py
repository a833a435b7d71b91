"""When the morning's mail goes out."""

from datetime import date, datetime, timedelta
from functools import cache

import holidays
from django.utils import timezone

from jitasa.thai.dates import day_of

WINDOW = timedelta(hours=5)  # a mail of the morning that comes in the evening helps nobody


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("TH", years=year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, without the public holidays of Thailand and the days off in their place (``holidays``)."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def is_morning(now: datetime, hour: int) -> bool:
    """Whether a mail may go out: a working day in Bangkok, from ``hour`` on for five hours."""
    local = timezone.localtime(now)
    begins = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return begins <= local < begins + WINDOW and is_working_day(day_of(now))
