"""The shapes of what is answered about records, pictures and letters."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from jitasa.api.schemas import SHA_EXAMPLE, UUID_EXAMPLE
from jitasa.api.shapes import FieldProblem, Stamp, Status, shown

RECEIPT = {
    "uuid": UUID_EXAMPLE,
    "revision": 1,
    "status": "submitted",
    "number": "81-6911-000123",
    "month": "2026-11",
}
MISSING = [{"path": "/place", "message": "กรอกสถานที่", "code": "incomplete"}]

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
WHOLE: dict[str, Any] = {
    **RECEIPT,
    "organization": {"code": "06810107", "name": "อบต.ไสไทย"},
    "participants": 0,
    "created_at": "2026-11-20T02:30:00Z",
    "updated_at": "2026-11-20T02:30:00Z",
    "submitted_at": "2026-11-20T02:30:00Z",
    "reviewed_at": None,
    "record": CONTENT,
}
LETTER: dict[str, Any] = {
    "id": 77,
    "uuid": UUID_EXAMPLE,
    "number": "มท 0810/ว 1234",
    "subject": "ขอความร่วมมือจัดกิจกรรมจิตอาสา",
    "from": "กรมส่งเสริมการปกครองท้องถิ่น",
    "date": "2026-11-18",
    "urgency": "normal",
    "status": "delivered",
    "answer_kind": "acknowledge",
    "due_on": "2026-11-30",
    "delivered_at": "2026-11-18T02:30:00Z",
    "opened_at": None,
    "registered_at": None,
    "answered_at": None,
}


class Receipt(Schema):
    """What to keep of a record that was sent. ``number`` is empty until it is sent."""

    model_config = shown(RECEIPT)
    uuid: str
    revision: int
    status: Status
    number: str
    month: str


class SavedAs(Receipt):
    """The receipt; ``problems`` and ``looks_like`` say what keeps the record from being sent."""

    model_config = shown(
        {**RECEIPT, "problems": [], "looks_like": []},
        {**RECEIPT, "status": "draft", "number": "", "problems": MISSING, "looks_like": []},
    )
    problems: list[FieldProblem]
    looks_like: list[str]


class PhotoOf(Schema):
    sha256: str
    caption: str
    children_visible: bool
    publish: bool


class RecordContent(Schema):
    """The content as it is sent in; decimals are texts, so that none of their digits is lost."""

    name: str
    kind: str
    sub_kind: str
    basis: str
    occasion_id: int | None
    part: str
    host_organization_code: str
    host_name: str
    host_activity: str | None
    start_date: date | None
    start_time: str | None
    end_date: date | None
    end_time: str | None
    place: str
    moo: int | None
    tambon_code: str
    latitude: float | None
    longitude: float | None
    point_source: str
    chair_position: str
    chair_name: str
    groups: dict[str, int]
    men: int | None
    women: int | None
    measures: dict[str, str]
    result: str
    budget_source: str
    budget_project: str
    budget_amount: str | None
    publicity: list[str]
    publicity_link: str
    problems: str
    suggestions: str
    photos: list[PhotoOf]
    day_confirmed: date | None


class OfficeName(Schema):
    code: str
    name: str


class ActivityOut(Receipt):
    model_config = shown(WHOLE)
    organization: OfficeName
    participants: int
    created_at: datetime
    updated_at: datetime
    submitted_at: Stamp
    reviewed_at: Stamp
    record: RecordContent


class Activities(Schema):
    model_config = shown({"items": [WHOLE], "next": None})
    items: list[ActivityOut]
    next: str | None


class BatchAnswer(Schema):
    """What became of one record: ``sent``, ``kept`` as a draft, ``same`` as stored, or ``refused``."""

    uuid: str
    result: Literal["sent", "kept", "same", "refused"]
    number: str
    revision: int | None
    code: str
    message: str
    errors: list[FieldProblem]
    looks_like: list[str]


class BatchAnswers(Schema):
    model_config = shown(
        {
            "answers": [
                {
                    "uuid": UUID_EXAMPLE,
                    "result": "sent",
                    "number": "81-6911-000123",
                    "revision": 1,
                    "code": "",
                    "message": "",
                    "errors": [],
                    "looks_like": [],
                }
            ]
        }
    )
    answers: list[BatchAnswer]


class MissingPhotos(Schema):
    model_config = shown({"missing": [SHA_EXAMPLE]})
    missing: list[str]


class PhotoStored(Schema):
    model_config = shown(
        {
            "sha256": SHA_EXAMPLE,
            "state": "ready",
            "problem": "",
            "bytes": 305_120,
            "taken_at": "2026-11-20T01:35:00Z",
            "latitude": 8.0411,
            "longitude": 98.8129,
        }
    )
    sha256: str
    state: str
    problem: str
    bytes: int
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


class PieceTaken(Schema):
    """``offset`` is the next byte wanted."""

    model_config = shown({"sha256": SHA_EXAMPLE, "offset": 262_144, "total": 2_600_000})
    sha256: str
    offset: int
    total: int


Date = date  # a field below has that name


class LetterRow(Schema):
    id: int
    uuid: str
    number: str
    subject: str
    from_: str = Field(alias="from")
    date: Date | None
    urgency: str
    status: str
    answer_kind: Literal["none", "acknowledge", "activity", "file", "table"]
    due_on: Date | None
    delivered_at: datetime
    opened_at: Stamp
    registered_at: Stamp
    answered_at: Stamp


class Letters(Schema):
    model_config = shown({"items": [LETTER], "next": None})
    items: list[LetterRow]
    next: str | None


class Registered(Schema):
    model_config = shown({"year": 2569, "number": 412, "at": "2026-11-20T02:30:00Z", "office": "อบต.อ่าวนาง"})
    year: int
    number: int
    at: datetime
    office: str


class Answered(Schema):
    model_config = shown({"id": 77, "answered_at": "2026-11-20T02:30:00Z", "kind": "acknowledge"})
    id: int
    answered_at: datetime
    kind: str
