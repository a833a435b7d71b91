"""What the office itself had reported of the month before by the same day: beside a month that still runs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum

from jitasa.activities.choices import LIVE
from jitasa.activities.models import Activity
from jitasa.organizations.models import Organization
from jitasa.thai.dates import BANGKOK, add_months, month_of, same_day_before, today


@dataclass(frozen=True)
class OwnBefore:
    """Live records of ``month`` that had been sent until the end of ``until``."""

    month: date
    until: date
    activities: int
    participants: int
    photos: int


def own_by_the_same_day(office: Organization, now: datetime) -> OwnBefore:
    """One local government's month before this one, as it stood on the same day. One query."""
    until = same_day_before(today(now))
    month = add_months(month_of(today(now)), -1)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=BANGKOK)
    rows = Activity.objects.filter(organization=office, month=month, status__in=LIVE, submitted_at__lt=end)
    sums = rows.aggregate(count=Count("pk"), people=Sum("participants"), photos=Sum("photo_count"))
    return OwnBefore(month, until, sums["count"], sums["people"] or 0, sums["photos"] or 0)
