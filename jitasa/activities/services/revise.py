"""Keep the whole record as it stands after a change, comparable and hashed."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.utils import translation

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision, Step
from jitasa.activities.selectors.values import Parts, in_words, parts_of, values_of
from jitasa.activities.values import FIELD_NAMES, as_json
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


def present_snapshot(row: Activity) -> dict[str, Any] | None:
    """The snapshot of a locked row's present revision, for a step that changes no content.

    ``None`` where it is not known, or not whole (a record written in bulk by an older version).
    """
    data: dict[str, Any] | None = getattr(row, "present", None)
    return data if data and data.get("values", {}).keys() >= set(FIELD_NAMES) else None


def fill(
    revision: ActivityRevision, row: Activity, data: dict[str, Any], *, actor: Viewer, now: datetime
) -> None:
    """Set what a revision says of ``row`` as it now stands (not saved)."""
    revision.number, revision.at, revision.by = row.revision, now, actor.user
    revision.status, revision.data, revision.hash = row.status, data, content_hash(data)


def last_typed(activity: Activity, actor: Viewer, now: datetime, page: str) -> ActivityRevision | None:
    """The revision whose place a save while somebody types may take.

    Within ten minutes, from the same person and page, unless a step (sent, returned …) stands on that
    revision: what was ever sent stays.
    """
    stands = Step.objects.filter(activity=activity.pk, revision=OuterRef("number"))
    last = (
        activity.revisions.defer("data")
        .annotate(stands=Exists(stands), page=KeyTextTransform("page", "data"))
        .order_by("-number")
        .first()
    )
    if last is None or last.by_id != actor.user_id or now - last.at > MERGE_WITHIN:
        return None
    if (last.page or "") != page or last.status != activity.status or last.stands:
        return None
    return last if last.status in (Status.DRAFT, Status.RETURNED) else None
