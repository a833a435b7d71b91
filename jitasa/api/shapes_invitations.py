"""The shapes of invitations to joint events."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from jitasa.api.schemas import UUID_EXAMPLE, Strict, told
from jitasa.api.shapes import Stamp, Status, shown
from jitasa.api.shapes_records import CONTENT, OfficeName, RecordContent

ANSWER = Literal["open", "accepted", "declined", "cancelled"]
HOST = {"code": "06810104", "name": "อบต.อ่าวนาง"}

ASKED = {
    "uuid": UUID_EXAMPLE,
    "state": "open",
    "host": HOST,
    "host_activity": UUID_EXAMPLE,
    "invited_at": "2026-11-18T02:30:00Z",
    "answered_at": None,
    "reason": "",
    "record": CONTENT,
}
ANSWERED = {
    "uuid": UUID_EXAMPLE,
    "state": "accepted",
    "organization": {"code": "06810107", "name": "อบต.ไสไทย"},
    "invited_at": "2026-11-18T02:30:00Z",
    "answered_at": "2026-11-18T04:00:00Z",
    "reason": "",
    "record": {"uuid": UUID_EXAMPLE, "status": "submitted", "participants": 25, "photos": 3},
}


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

    model_config = shown(ASKED)
    uuid: str
    state: ANSWER
    host: OfficeName
    host_activity: str
    invited_at: datetime
    answered_at: Stamp
    reason: str
    record: RecordContent


class InvitationsTo(Schema):
    model_config = shown({"items": [ASKED]})
    items: list[InvitationTo]


class InvitationOf(Schema):
    """An invitation as the host sees it."""

    model_config = shown(ANSWERED)
    uuid: str
    state: ANSWER
    organization: OfficeName
    invited_at: datetime
    answered_at: Stamp
    reason: str
    record: RecordOf | None


class InvitationsOf(Schema):
    model_config = shown({"items": [ANSWERED]})
    items: list[InvitationOf]


class InviteIn(Strict):
    """Codes of the local governments to ask."""

    model_config = told({"organizations": ["06810107"]})

    organizations: Annotated[list[Annotated[str, Field(max_length=12)]], Field(min_length=1, max_length=100)]


class DeclineIn(Strict):
    model_config = told({"reason": "ติดภารกิจอื่น"}, {"reason": "Other duties that day"})

    reason: Annotated[str, Field(max_length=500)] = ""
