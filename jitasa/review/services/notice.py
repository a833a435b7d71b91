"""Tell the office that wrote a record what the reviewer did, with a link to it."""

from datetime import datetime

from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.notices.models import Notice, NoticeKind
from jitasa.notices.services.notify import written
from jitasa.organizations.viewer import Viewer


def office_notice(
    *, activity: Activity, kind: NoticeKind, title: str, actor: Viewer, now: datetime, body: str = ""
) -> Notice:
    """A notice to the record's office (not saved), delivered with the step it tells of."""
    return written(
        organization=activity.organization,
        kind=kind,
        title=title[:250],
        body=body,
        url=reverse("activities:detail", args=[activity.uuid]),
        sender=actor.organization,
        now=now,
    )
