"""Send each person who has something to do one mail in the morning, and end it when she asks."""

import logging
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from jitasa.accounts.models import User
from jitasa.accounts.services.access import AccessActor
from jitasa.accounts.services.profile import save_profile
from jitasa.home.models import MorningMail, MorningRun
from jitasa.home.morning import Desk, mail_for
from jitasa.home.rules_morning import is_morning
from jitasa.organizations.models import Post
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.selectors.viewers import viewers_of
from jitasa.organizations.versions import reading
from jitasa.thai.dates import today

CHUNK = 100  # people of one job: others wait no longer behind it
KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def begin_morning_mail(*, now: datetime) -> bool:
    """Queue the first job of the day, once; whether it was done now (a chore of every minute)."""
    from jitasa.home.tasks import send_morning_mails

    if not settings.MORNING_MAIL or not is_morning(now, settings.MORNING_MAIL_HOUR):
        return False
    day = today(now)
    if MorningRun.objects.filter(day=day).exists():
        return False
    with transaction.atomic():
        if not _first(MorningRun(day=day, begun_at=now)):
            return False
        MorningMail.objects.filter(day__lt=day - KEPT).delete()
        MorningRun.objects.filter(day__lt=day - KEPT).delete()
        send_morning_mails.enqueue(day.isoformat(), 0)
    return True


def send_some(*, day: date, after: int, now: datetime) -> int | None:
    """Send to the next ``CHUNK`` people after this id; the last one's id, or nothing when none is left.

    The mail server is reached before anything is taken; each mail is taken for its person and day, and then
    handed over: a worker that is killed in between costs one person one mail, and nobody gets two.

    :raises OSError: the mail server does not answer (any more); what was not handed over was not taken.
    """
    people = list(_readers(day).filter(pk__gt=after).order_by("pk")[:CHUNK])
    if not people:
        return None
    offices = viewers_of(people, now)
    show_posts((each, now) for each in people)
    connection = get_connection()
    connection.open()
    try:
        with reading():
            desk = Desk(now)
            for person in people:
                mail = mail_for(person, offices[person.pk], desk)
                if mail is not None:
                    mail.connection = connection
                    _send_once(mail, person, day, now)
    finally:
        connection.close()
    return people[-1].pk if len(people) == CHUNK else None


def stop_morning_mail(*, user: User, address: str, now: datetime) -> None:
    """She wants it no longer; entered as a change of her profile. Twice is once."""
    save_profile(actor=AccessActor(user, address), user=user, values={"morning_mail": False}, now=now)


def _readers(day: date) -> QuerySet[User]:
    """Who has an address, wants the mail, holds a post and was sent none on this day."""
    posts = Post.objects.filter(user=OuterRef("pk")).valid_on(day)
    sent = MorningMail.objects.filter(user=OuterRef("pk"), day=day)
    rows = User.objects.filter(is_active=True, erased_at=None, morning_mail=True).exclude(email="")
    return rows.filter(Exists(posts)).exclude(Exists(sent))


def _send_once(mail: EmailMultiAlternatives, person: User, day: date, now: datetime) -> None:
    taken = MorningMail(user=person, day=day, at=now)
    if not _first(taken):
        return
    try:
        mail.send()
    except (SMTPResponseException, SMTPRecipientsRefused):  # this mail; the next may be taken
        log.exception("the morning mail of person %s was not taken by the mail server", person.pk)
        MorningMail.objects.filter(pk=taken.pk).update(failed=True)
    except OSError:  # the line is gone: nobody else's mail is taken for nothing
        MorningMail.objects.filter(pk=taken.pk).update(failed=True)
        raise


def _first(row: MorningRun | MorningMail) -> bool:
    """Insert a row that can be there once; whether it was this one."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
