"""Tell an office something, on its screens and, where mail is set up, by mail."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from jitasa.notices.models import Notice
from jitasa.organizations.models import Organization
from jitasa.queues import behind

logger = logging.getLogger(__name__)


def notify(
    *,
    organization: Organization,
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    sender: Organization | None = None,
    now: datetime,
) -> Notice:
    """Put a notice before everybody in ``organization``: :func:`written`, then :func:`deliver`."""
    notice = written(
        organization=organization, kind=kind, title=title, body=body, url=url, sender=sender, now=now
    )
    return deliver([notice])[0]


def written(
    *,
    organization: Organization,
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    sender: Organization | None = None,
    now: datetime,
) -> Notice:
    """A notice not yet before anybody. ``url`` is a path on this site (``/work/…``)."""
    return Notice(
        organization=organization,
        kind=kind,
        title=title[:250],
        body=body,
        url=url[:300],
        sender=sender,
        created_at=now,
    )


def deliver(notices: Iterable[Notice]) -> list[Notice]:
    """Put notices before their offices, in the caller's transaction: one statement for any number.

    The mail, if any, is queued after the commit and made by a worker; when it cannot be queued or
    sent the act and the notices stand all the same.
    """
    rows = Notice.objects.bulk_create(notices)
    if settings.EMAIL_HOST:
        for others, row in enumerate(rows):
            transaction.on_commit(partial(_queue_mail, row.pk, others), robust=True)
    return rows


def _queue_mail(notice_id: int, others: int) -> None:
    from jitasa.notices.tasks import send_mail_of

    try:
        send_mail_of.using(priority=behind(others)).enqueue(notice_id)
    except Exception:
        logger.exception("mail of notice %s could not be queued", notice_id)
