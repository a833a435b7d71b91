"""The due day of a month: the day the department set, or the next working day. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from jitasa.thai.working_days import holiday_name, next_working_day
from jitasa.ui.days import english, short_date, weekday


def due_from(nominal: date) -> date:
    """The day until which a report is in time: a due day on which offices rest waits for the next they work on."""
    return next_working_day(nominal)


def moved_words(nominal: date, due_on: date) -> str:
    """Why the due day is another than the one that was set; empty when it is not."""
    if nominal == due_on:
        return ""
    holiday = holiday_name(nominal, language="en_US" if english() else "th")
    if holiday:
        return _("เลื่อนจาก %(day)s เพราะเป็นวันหยุด (%(holiday)s)") % {
            "day": short_date(nominal),
            "holiday": holiday,
        }
    return _("เลื่อนจาก %(day)s เพราะตรงกับวัน%(weekday)s") % {
        "day": short_date(nominal),
        "weekday": weekday(nominal),
    }
