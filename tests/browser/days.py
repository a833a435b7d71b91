"""Days of the journeys. The server has the real clock, so everything is told from today."""

from datetime import date, timedelta

from django.utils import timezone

from jitasa.thai.dates import add_months, month_of, today

NOW = timezone.now()
TODAY = today(NOW)
YESTERDAY = TODAY - timedelta(days=1)
THIS_MONTH = month_of(TODAY)
LATE_MONTH = add_months(THIS_MONTH, -2)  # its due day has passed whatever today is
LATE_DAY: date = LATE_MONTH + timedelta(days=9)
