"""When the morning's mail goes out."""

from datetime import datetime, timedelta

from django.utils import timezone

from jitasa.thai.dates import day_of
from jitasa.thai.working_days import is_working_day

WINDOW = timedelta(hours=5)  # a mail of the morning that comes in the evening helps nobody


def is_morning(now: datetime, hour: int) -> bool:
    """Whether a mail may go out: a working day in Bangkok, from ``hour`` on for five hours."""
    local = timezone.localtime(now)
    begins = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return begins <= local < begins + WINDOW and is_working_day(day_of(now))
