"""Who opens these pages, and for which months there are any."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.thai.dates import month_of, today

FIRST_MONTH = date(2017, 10, 1)  # nothing was reported in this way before


def check_month(month: date) -> date:
    """:raises Http404: the month has not begun, or lies before there was anything."""
    if not FIRST_MONTH <= month <= month_of(today(timezone.now())):
        raise Http404(_("ยังไม่มีรายงานของเดือนนี้"))
    return month
