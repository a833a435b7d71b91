"""Jobs of a worker."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from jitasa import queues
from jitasa.home.rules_morning import is_morning
from jitasa.home.services.morning_mail import send_some
from jitasa.thai.dates import today

AGAIN = timedelta(minutes=10)
log = logging.getLogger(__name__)


@task(queue_name=queues.NOTICES)
def send_morning_mails(day: str, after: int) -> int:
    """Send to some people, then queue the next ones; returns the id reached, 0 when done.

    A mail server that is away is asked again every ten minutes while it is morning.
    """
    wanted, now = date.fromisoformat(day), timezone.now()
    if today(now) != wanted or not is_morning(now, settings.MORNING_MAIL_HOUR):
        log.warning("the morning mails of %s after person %s are not sent: the morning is over", day, after)
        return 0
    try:
        reached = send_some(day=wanted, after=after, now=now)
    except OSError as error:  # SMTPException is one
        log.warning("the mail server does not answer (%s); the morning mails wait", error)
        send_morning_mails.using(run_after=now + AGAIN).enqueue(day, after)
        return after
    if reached is not None:
        send_morning_mails.enqueue(day, reached)
    return reached or 0
