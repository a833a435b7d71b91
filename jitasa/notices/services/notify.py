"""Tell an office something, on its screens and, where mail is set up, by mail."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from jitasa.notices.models import Notice
from jitasa.organizations.models import Organization

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
    """Put a notice before everybody in ``organization``, in the caller's transaction.

    ``url`` is a path on this site (``/work/…``). The mail, if any, is queued after the commit and
    made by a worker; when it cannot be queued or sent the act and the notice stand all the same.
    """
    notice = Notice.objects.create(
        organization=organization,
        kind=kind,
        title=title[:250],
        body=body,
        url=url[:300],
        sender=sender,
        created_at=now,
    )
    if settings.EMAIL_HOST:
        transaction.on_commit(lambda: _queue_mail(notice.pk), robust=True)
    return notice


def _queue_mail(notice_id: int) -> None:
    from jitasa.notices.tasks import send_mail_of

    try:
        send_mail_of.enqueue(notice_id)
    except Exception:
        logger.exception("mail of notice %s could not be queued", notice_id)
