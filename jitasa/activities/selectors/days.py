"""Facts behind the question whether a record's day is meant (``rules_days``)."""

from datetime import date

from jitasa.activities import rules_days
from jitasa.activities.values import ActivityValues
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo
from jitasa.rounds.selectors.rounds import first_month, round_for
from jitasa.thai.dates import day_of, month_of


def believed_since(office: Organization, today: date) -> date:
    """The first day that the office may report without being asked."""
    first = first_month()
    begun = max(first, month_of(office.founded_on)) if first else None
    return rules_days.believed_since(today=today, due_on=round_for(month_of(today)).due_on, first_round=begun)


def question_about_day(values: ActivityValues, office: Organization, today: date) -> str:
    """What is to be asked before sending; empty when nothing is. Photos are read only when there is a question."""
    if values.start_date is None or month_of(values.start_date) == month_of(today):
        return ""  # this month's round has begun: most records, and nothing is read
    since = believed_since(office, today)
    if not rules_days.question(values, since=since, today=today, photo_days=()):
        return ""
    hashes = [photo.sha256 for photo in values.photos]
    taken = Photo.objects.filter(sha256__in=hashes).exclude(taken_at=None).values_list("taken_at", flat=True)
    return rules_days.question(
        values, since=since, today=today, photo_days={day_of(at) for at in taken if at}
    )
