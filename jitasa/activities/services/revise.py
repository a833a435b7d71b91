"""Keep the whole record as it stands after a change, comparable and hashed."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.selectors.values import in_words, values_of
from jitasa.activities.values import as_json
from jitasa.organizations.viewer import Viewer

MERGE_WITHIN = timedelta(minutes=10)


def snapshot(activity: Activity) -> dict[str, Any]:
    """The record as JSON: ``values`` (codes, for programs), ``words`` (labels, for people), identity."""
    return {
        "uuid": str(activity.uuid),
        "organization": {
            "id": activity.organization_id,
            "code": activity.organization_code,
            "name": activity.organization_name,
        },
        "number": activity.number,
        "month": activity.month.isoformat(),
        "participants": activity.participants,
        "values": as_json(values_of(activity)),
        "words": in_words(activity),
    }


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of a snapshot, independent of key order."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(*, activity: Activity, actor: Viewer, now: datetime, typing: bool = False) -> ActivityRevision:
    """Add the snapshot for ``activity.revision``.

    ``typing`` marks a save while somebody types: within ten minutes it takes the place of the same
    person's last one, unless a step (sent, returned …) stands on that. What was ever sent stays.
    """
    data = snapshot(activity)
    row = _last_typed(activity, actor, now) if typing else None
    row = row or ActivityRevision(activity=activity)
    row.number, row.at, row.by = activity.revision, now, actor.user
    row.status, row.data, row.hash = activity.status, data, content_hash(data)
    row.save()
    return row


def _last_typed(activity: Activity, actor: Viewer, now: datetime) -> ActivityRevision | None:
    last = activity.revisions.order_by("-number").first()
    if last is None or last.by_id != actor.user_id or now - last.at > MERGE_WITHIN:
        return None
    if last.status not in (Status.DRAFT, Status.RETURNED) or last.status != activity.status:
        return None
    return None if activity.steps.filter(revision=last.number).exists() else last
