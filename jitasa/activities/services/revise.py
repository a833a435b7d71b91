"""Keep the whole record as it stands after a change, comparable and hashed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.utils import translation

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision, Step
from jitasa.activities.report_line import report_line
from jitasa.activities.selectors.values import Parts, in_words, values_of
from jitasa.activities.values import FIELD_NAMES, ActivityValues, as_json
from jitasa.column_values import JsonText
from jitasa.inserting import insert_values
from jitasa.organizations.viewer import Viewer

MERGE_WITHIN = timedelta(minutes=10)
_SPELLING = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def snapshot(activity: Activity, parts: Parts, values: ActivityValues | None = None) -> dict[str, Any]:
    """The record as JSON: ``values`` (codes, for programs), ``words`` (labels, for people), identity.

    ``parts`` are the rows that hang on it, ``values`` what both hold, where they are in hand.
    """
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
        "values": as_json(values or values_of(activity, parts)),
        "words": words,
    }


def written(data: dict[str, Any]) -> JsonText:
    """A snapshot in the one spelling that its hash is made of, independent of key order."""
    return JsonText(_SPELLING.encode(data))


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of a snapshot, independent of key order."""
    return hashlib.sha256(written(data).encode()).hexdigest()


def present_snapshot(row: Activity) -> dict[str, Any] | None:
    """The snapshot of a locked row's present revision, for a step that changes no content.

    ``None`` where it is not known, or not whole (a record written in bulk by an older version).
    """
    data: dict[str, Any] | None = getattr(row, "present", None)
    return data if data and data.get("values", {}).keys() >= set(FIELD_NAMES) else None


@dataclass(frozen=True)
class Kept:
    """A revision to be kept: of which row, what it says and the SHA-256 of that."""

    row: Activity
    data: dict[str, Any]
    text: JsonText
    hash: str
    actor: Viewer

    @classmethod
    def of(cls, *, row: Activity, data: dict[str, Any], actor: Viewer) -> Self:
        """The snapshot of ``row`` with the number that it has now."""
        data = data | {"number": row.number}
        text = written(data)
        return cls(row, data, text, hashlib.sha256(text.encode()).hexdigest(), actor)

    def replace(self, typed: ActivityRevision, *, now: datetime) -> None:
        """Save it in the place of the last one that was typed."""
        typed.number, typed.at, typed.by = self.row.revision, now, self.actor.user
        typed.status, typed.data, typed.hash = self.row.status, self.data, self.hash
        typed.line = report_line(self.data, self.row.status)
        typed.save(update_fields=["number", "at", "by", "status", "data", "hash", "line"])


def keep(revisions: Sequence[Kept], *, now: datetime) -> None:
    """Write new revisions; without answer, so that it may wait (``together``)."""
    insert_values(
        ActivityRevision,
        ("activity_id", "number", "at", "by_id", "status", "data", "hash", "line"),
        [
            (
                each.row.pk,
                each.row.revision,
                now,
                each.actor.user_id,
                each.row.status,
                each.text,
                each.hash,
                report_line(each.data, each.row.status),
            )
            for each in revisions
        ],
    )


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
