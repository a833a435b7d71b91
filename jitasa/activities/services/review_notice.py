"""Tell the office that wrote a record what the reviewer did, with a link to it."""

from datetime import datetime

from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.organizations.viewer import Viewer


def tell_office(
    *, activity: Activity, kind: NoticeKind, title: str, actor: Viewer, now: datetime, body: str = ""
) -> None:
    """One notice to the record's office, in the transaction of the step it tells of."""
    notify(
        organization=activity.organization,
        kind=kind,
        title=title[:250],
        body=body,
        url=reverse("activities:detail", args=[activity.uuid]),
        sender=actor.organization,
        now=now,
    )
