"""A record between the shapes of the API and the values of ``activities``."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts, values_of
from jitasa.activities.services.save_draft import Saved
from jitasa.activities.values import FIELD_NAMES, ActivityValues, PhotoValue, as_json
from jitasa.api.schemas import ActivityIn
from jitasa.organizations.in_use import is_open
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal

OWN = {"photos", "groups", "measures", "publicity", "host_organization_id"}
PLAIN = tuple(name for name in FIELD_NAMES if name not in OWN)


def office_ids(bodies: Iterable[ActivityIn]) -> dict[str, int]:
    """Code → id of the hosts' offices that are named. No statement when none is."""
    codes = {body.host_organization_code for body in bodies if body.host_organization_code}
    if not codes:
        return {}
    found = Organization.objects.filter(is_open(), code__in=codes)
    return dict(found.values_list("code", "pk"))


def values_in(body: ActivityIn, offices: dict[str, int]) -> ActivityValues:
    """:raises Refusal: the host's office is not in the registry."""
    code = body.host_organization_code
    if code and code not in offices:
        words = _("ไม่มีสำนักงานรหัสนี้ในทะเบียน ดูรหัสที่ชุดข้อมูลเปิด organizations")
        raise Refusal(fields={"host_organization_code": [words]}, code="invalid")
    plain = {name: getattr(body, name) for name in PLAIN}
    return ActivityValues(
        **plain,
        host_organization_id=offices.get(code) if code else None,
        groups=dict(body.groups),
        measures=dict(body.measures),
        publicity=tuple(body.publicity),
        photos=tuple(
            PhotoValue(
                sha256=photo.sha256,
                caption=photo.caption,
                children_visible=photo.children_visible,
                publish=photo.publish,
            )
            for photo in body.photos
        ),
    )


def with_words(viewer: Viewer) -> Any:
    """The records a token may see, with what they name."""
    rows = Activity.objects.visible_to(viewer)
    return rows.select_related("organization", "kind", "sub_kind", "host_organization", "host_activity")


def shown_all(rows: Collection[Activity]) -> list[dict[str, Any]]:
    """Whole records; one statement for the parts of all."""
    parts = parts_by_activity(rows) if rows else {}
    return [shown(row, parts[row.pk]) for row in rows]


def content(values: ActivityValues, codes: Mapping[int, str]) -> dict[str, Any]:
    """The content as it is sent in; ``codes`` of offices by id."""
    record = as_json(values)
    host = record.pop("host_organization_id")
    record["host_organization_code"] = codes.get(host, "") if host else ""
    return record


def contents(*versions: ActivityValues) -> list[dict[str, Any]]:
    """The same for several. No statement when none names a host's office."""
    ids = {each.host_organization_id for each in versions if each.host_organization_id}
    codes = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "code")) if ids else {}
    return [content(each, codes) for each in versions]


def shown(row: Activity, parts: Parts) -> dict[str, Any]:
    """One whole record: its content as it is sent in, and what the system says of it."""
    host = row.host_organization
    record = content(values_of(row, parts), {host.pk: host.code} if host else {})
    return {
        **receipt(row),
        "organization": {"code": row.organization_code, "name": row.organization_name},
        "participants": row.participants,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "submitted_at": row.submitted_at,
        "reviewed_at": row.reviewed_at,
        "record": record,
    }


def receipt(row: Activity) -> dict[str, Any]:
    """What a program keeps of a record it has sent."""
    return {
        "uuid": str(row.uuid),
        "revision": row.revision,
        "status": row.status,
        "number": row.number,
        "month": f"{row.month:%Y-%m}",
    }


def saved_answer(saved: Saved) -> dict[str, Any]:
    """The receipt, and what keeps the record from being sent: what is missing, records it looks like."""
    problems = [
        {"path": f"/{name}", "message": text, "code": "incomplete"}
        for name, texts in saved.problems.items()
        for text in texts
    ]
    alike = [str(other.uuid) for other in saved.twins]
    return {**receipt(saved.activity), "problems": problems, "looks_like": alike}


def to_see(viewer: Viewer, uuid: UUID) -> Activity | None:
    """The record, if this token may see it."""
    found: Activity | None = with_words(viewer).filter(uuid=uuid).first()
    return found
