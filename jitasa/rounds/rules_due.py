"""The due day of a month: the day the department set, or the next working day. Pure."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from jitasa.thai.working_days import WEEKEND, holiday_name, next_working_day
from jitasa.ui.days import english, short_date, weekday


def due_from(nominal: date) -> date:
    """The day until which a report is in time: a due day on which offices rest waits for the next they work on."""
    return next_working_day(nominal)


def moved_words(nominal: date, due_on: date) -> str:
    """Why the due day is another than the one that was set; empty when it is not."""
    if nominal == due_on:
        return ""
    return " ".join(filter(None, [_why(nominal), _why_not_sooner(nominal, due_on)]))


def _why(nominal: date) -> str:
    holiday = _holiday(nominal)
    if holiday:
        return _("เลื่อนจาก %(day)s เพราะเป็นวันหยุด (%(holiday)s)") % {
            "day": short_date(nominal),
            "holiday": holiday,
        }
    return _("เลื่อนจาก %(day)s เพราะตรงกับวัน%(weekday)s") % {
        "day": short_date(nominal),
        "weekday": weekday(nominal),
    }


def _why_not_sooner(nominal: date, due_on: date) -> str:
    """The holidays between the two days that fall on no weekend: by them the day is later than one expects."""
    between = (nominal + timedelta(days=count) for count in range(1, (due_on - nominal).days))
    rested = [(day, _holiday(day)) for day in between if day.weekday() < WEEKEND]
    return " ".join(
        _("และ %(day)s เป็นวันหยุด (%(holiday)s)") % {"day": short_date(day), "holiday": holiday}
        for day, holiday in rested
    )


def _holiday(day: date) -> str:
    return holiday_name(day, language="en_US" if english() else "th")
