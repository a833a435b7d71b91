"""The shapes of invitations to joint events."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from jitasa.api.schemas import Strict
from jitasa.api.shapes import Stamp, Status, shown
from jitasa.api.shapes_records import UUID_EXAMPLE, OfficeName, RecordContent

ANSWER = Literal["open", "accepted", "declined", "cancelled"]
HOST = {"code": "06810104", "name": "อบต.อ่าวนาง"}
CONTENT: dict[str, Any] = {
    **dict.fromkeys(
        (
            "sub_kind", "host_name", "tambon_code", "point_source", "chair_position", "chair_name", "result",
            "budget_project", "publicity_link", "problems", "suggestions",
        ),
        "",
    ),
    **dict.fromkeys(
        (
            "occasion_id", "end_date", "end_time", "moo", "latitude", "longitude", "men", "women", "budget_amount",
            "day_confirmed",
        )
    ),
    "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
    "kind": "development",
    "basis": "none",
    "part": "co_host",
    "host_organization_code": "06810104",
    "host_activity": UUID_EXAMPLE,
    "start_date": "2026-11-20",
    "start_time": "08:30:00",
    "place": "หาดนพรัตน์ธารา",
    "groups": {},
    "measures": {},
    "budget_source": "none",
    "publicity": [],
    "photos": [],
}  # fmt: skip


class RecordOf(Schema):
    """The invited office's own record, as far as the host sees it."""

    uuid: str
    status: Status
    participants: int
    photos: int


class InvitationTo(Schema):
    """An invitation as the invited office sees it.

    ``record`` is what its own record begins with: PUT it to /activities/{uuid} with the office's people and pictures.
    Sending a record with this ``host_activity`` accepts the invitation.
    """

    model_config = shown(
        {
            "uuid": UUID_EXAMPLE,
            "state": "open",
            "host": HOST,
            "host_activity": UUID_EXAMPLE,
            "invited_at": "2026-11-18T02:30:00Z",
            "answered_at": None,
            "reason": "",
            "record": CONTENT,
        }
    )
    uuid: str
    state: ANSWER
    host: OfficeName
    host_activity: str
    invited_at: datetime
    answered_at: Stamp
    reason: str
    record: RecordContent


class InvitationsTo(Schema):
    items: list[InvitationTo]


class InvitationOf(Schema):
    """An invitation as the host sees it."""

    model_config = shown(
        {
            "uuid": UUID_EXAMPLE,
            "state": "accepted",
            "organization": {"code": "06810107", "name": "อบต.ไสไทย"},
            "invited_at": "2026-11-18T02:30:00Z",
            "answered_at": "2026-11-18T04:00:00Z",
            "reason": "",
            "record": {"uuid": UUID_EXAMPLE, "status": "submitted", "participants": 25, "photos": 3},
        }
    )
    uuid: str
    state: ANSWER
    organization: OfficeName
    invited_at: datetime
    answered_at: Stamp
    reason: str
    record: RecordOf | None


class InvitationsOf(Schema):
    items: list[InvitationOf]


class InviteIn(Strict):
    """Codes of the local governments to ask."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"organizations": ["06810107"]}]}
    )

    organizations: Annotated[list[Annotated[str, Field(max_length=12)]], Field(min_length=1, max_length=100)]


class DeclineIn(Strict):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "ติดภารกิจอื่น"}]})

    reason: Annotated[str, Field(max_length=500)] = ""
