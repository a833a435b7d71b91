"""Tell people something that concerns them and not their office, on their screens and by mail."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from jitasa.accounts.models import PersonalNotice, User

Words = Callable[[], tuple[str, str]]
KEPT = timedelta(days=365)
logger = logging.getLogger(__name__)


def tell(
    *, people: Iterable[User], kind: str, words: Words, url: str = "", now: datetime
) -> list[PersonalNotice]:
    """Put a notice before each of ``people``, in the caller's transaction; ``url`` is a path on this site.

    ``words`` gives title and body; it is asked in the language of each reader, not in that of who acts.
    Mail, to those with an address and where mail is set up, is queued after the commit; when it cannot
    be queued or sent the act and the notices stand all the same.
    """
    rows = PersonalNotice.objects.bulk_create(_written(person, kind, words, url, now) for person in people)
    if settings.EMAIL_HOST:
        for row in rows:
            if row.user.email:
                transaction.on_commit(partial(_queue_mail, row.pk), robust=True)
    return rows


def forget_notices(*, now: datetime) -> int:
    """Remove personal notices after a year, those that name a network sooner (a chore of the worker)."""
    old = Q(created_at__lt=now - KEPT)
    named = Q(kind="guesses", created_at__lt=now - timedelta(days=settings.AUDIT_ADDRESS_DAYS))
    return PersonalNotice.objects.filter(old | named).delete()[0]


def _written(person: User, kind: str, words: Words, url: str, now: datetime) -> PersonalNotice:
    with translation.override(person.language):
        title, body = words()
    return PersonalNotice(user=person, kind=kind, title=title[:250], body=body, url=url[:300], created_at=now)


def mark_read(*, user: User, pks: Iterable[int], now: datetime) -> None:
    """The person has seen notices of her own. Reading is her own affair: no audit entry."""
    PersonalNotice.objects.filter(user=user, pk__in=list(pks), read_at=None).update(read_at=now)


def _queue_mail(notice_id: int) -> None:
    from jitasa.accounts.tasks import send_mail_of_personal_notice

    try:
        send_mail_of_personal_notice.enqueue(notice_id)
    except Exception:
        logger.exception("mail of personal notice %s could not be queued", notice_id)
