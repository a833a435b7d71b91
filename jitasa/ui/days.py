"""Days and months as the reader of a screen writes them.

Thai screens use the Buddhist era (``25 พ.ย. 2569``), English ones the Christian era (``25 Nov 2026``).
Documents, exports and notices are Thai whoever makes them: they take ``jitasa.thai.dates``.
"""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jitasa.thai import dates

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


DAYS_OF_YEARS = 700  # from here on a distance is said in years


def distance(days: int) -> str:
    """``43 ปี`` or ``200 วัน``, as people count it."""
    if days < DAYS_OF_YEARS:
        return _("%(n)d วัน") % {"n": days}
    return _("%(n)d ปี") % {"n": round(days / 365.25)}


def english() -> bool:
    """Whether the reader has switched to English."""
    return get_language() == "en"


def short_date(day: date) -> str:
    """``25 พ.ย. 2569`` or ``25 Nov 2026``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if english() else dates.short_date(day)


def long_date(day: date) -> str:
    """``25 พฤศจิกายน 2569`` or ``25 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if english() else dates.long_date(day)


def date_time(moment: datetime) -> str:
    """``25 พ.ย. 2569 เวลา 10:42 น.`` or ``25 Nov 2026, 10:42``, in Thailand's time."""
    local = timezone.localtime(moment)
    day = short_date(dates.day_of(moment))
    return f"{day}, {local:%H:%M}" if english() else f"{day} เวลา {local:%H:%M} น."


def time_of_day(moment: datetime | time) -> str:
    """``10:42 น.`` or ``10:42``, in Thailand's time."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{local:%H:%M}" if english() else f"{local:%H:%M} น."


def time_span(start: time | None, end: time | None) -> str:
    """``08:30–10:30 น.`` or ``08:30–10:30``; one of the two alone, or nothing."""
    given = [each for each in (start, end) if each is not None]
    return "–".join([*(f"{each:%H:%M}" for each in given[:-1]), *(time_of_day(each) for each in given[-1:])])


def month_name(month: date) -> str:
    """``พฤศจิกายน 2569`` or ``November 2026``."""
    return f"{MONTHS[month.month - 1]} {month.year}" if english() else dates.month_name(month)


def month_name_short(month: date) -> str:
    """``พ.ย. 69`` or ``Nov 26``."""
    if english():
        return f"{MONTHS[month.month - 1][:3]} {month.year % 100:02}"
    return dates.month_name_short(month)


def weekday(day: date) -> str:
    """``จันทร์`` or ``Monday``."""
    return (WEEKDAYS if english() else dates.WEEKDAYS)[day.weekday()]
