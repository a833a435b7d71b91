"""Whether the day of a record is asked back before it is sent: pure.

A day before the office's first round, or further back than a round's window is long (its month and the days
to its due day), is more often a slip of the pen, or a camera whose clock was reset, than a late report. It
is taken with a yes, never silently: the month in the receipt number follows from it.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from jitasa.activities.values import ActivityValues
from jitasa.thai.dates import month_of
from jitasa.ui.days import distance, long_date


def believed_since(*, today: date, due_on: date, first_round: date | None) -> date:
    """The first day that is believed without a question.

    ``due_on`` is when this month's round is due, ``first_round`` the office's first month.
    """
    window = due_on - month_of(today)
    return max(today - window, first_round or date.min)


def question(values: ActivityValues, *, since: date, today: date, photo_days: Iterable[date]) -> str:
    """What is asked about the day of a record; empty when it is believed or has been said yes to."""
    day = values.start_date
    if day is None or day >= since or values.day_confirmed == day:
        return ""
    words = {"day": long_date(day), "distance": distance((today - day).days)}
    if day in photo_days:
        return _("ภาพบอกว่าถ่ายเมื่อ %(day)s ใช่หรือไม่ ถ้าใช่ ทำเครื่องหมายยืนยันวันที่ ถ้าไม่ใช่ แก้วันที่จัด") % words
    return _("%(day)s ผ่านมาแล้ว %(distance)s ใช่วันจัดหรือไม่ ถ้าใช่ ทำเครื่องหมายยืนยันวันที่ ถ้าไม่ใช่ แก้วันที่") % words
