"""Keep the whole record as it stands after a change, comparable and hashed."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.selectors.values import Parts, in_words, parts_of, values_of
from jitasa.activities.values import as_json
from jitasa.organizations.viewer import Viewer

MERGE_WITHIN = timedelta(minutes=10)


def snapshot(activity: Activity, parts: Parts | None = None) -> dict[str, Any]:
    """The record as JSON: ``values`` (codes, for programs), ``words`` (labels, for people), identity.

    ``parts`` are the rows that hang on it, read from the database when not given.
    """
    parts = parts or parts_of(activity)
    with translation.override("th"):  # kept for good, whoever wrote it
        words = in_words(activity, parts)
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
        "values": as_json(values_of(activity, parts)),
        "words": words,
    }


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of a snapshot, independent of key order."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(
    *, activity: Activity, actor: Viewer, now: datetime, typing: bool = False, page: str = ""
) -> tuple[ActivityRevision, bool]:
    """Add the snapshot for ``activity.revision``; also says whether it is a row of its own.

    ``typing`` marks a save while somebody types: within ten minutes it takes the place of the last
    one from the same person and page, unless a step (sent, returned …) stands on that. What was ever
    sent stays.
    """
    data = snapshot(activity) | {"page": page}
    last = _last_typed(activity, actor, now, page) if typing else None
    row = last or ActivityRevision(activity=activity)
    row.number, row.at, row.by = activity.revision, now, actor.user
    row.status, row.data, row.hash = activity.status, data, content_hash(data)
    row.save()
    return row, last is None


def _last_typed(activity: Activity, actor: Viewer, now: datetime, page: str) -> ActivityRevision | None:
    last = activity.revisions.order_by("-number").first()
    if last is None or last.by_id != actor.user_id or now - last.at > MERGE_WITHIN:
        return None
    if last.data.get("page", "") != page or last.status != activity.status:
        return None
    if last.status not in (Status.DRAFT, Status.RETURNED):
        return None
    return None if activity.steps.filter(revision=last.number).exists() else last
