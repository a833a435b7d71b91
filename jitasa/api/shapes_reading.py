"""The shapes of what is read before sending: offices, lists, months, sums."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from jitasa.api.shapes import Stamp, shown

OFFICE = {
    "code": "06810403",
    "name": "องค์การบริหารส่วนตำบลอ่าวนาง",
    "short_name": "อบต.อ่าวนาง",
    "type": "sao",
    "level": "lao",
    "province_code": "81",
    "district_code": "8101",
}
SUMS = {
    "activities": 1,
    "submitted": 1,
    "accepted": 0,
    "returned": 0,
    "drafts": 0,
    "events": 1,
    "participants": 60,
    "people": 60,
    "men": 25,
    "women": 35,
    "photos": 2,
    "budget": "0.00",
}


class Office(Schema):
    model_config = shown(OFFICE)
    code: str
    name: str
    short_name: str
    type: str
    level: str
    province_code: str
    district_code: str


class Me(Schema):
    model_config = shown(
        {
            "name": "ระบบสารบรรณของ อบต.",
            "scopes": ["activities:read", "activities:write"],
            "expires_at": "2027-05-01T00:00:00Z",
            "organization": OFFICE,
        }
    )
    name: str
    scopes: list[str]
    expires_at: datetime
    organization: Office


class Offices(Schema):
    model_config = shown({"items": [OFFICE], "next": None})
    items: list[Office]
    next: str | None


class ListRow(Schema):
    """One choice of a list; a list may say more of its items (``unit``, ``kind`` …)."""

    model_config = ConfigDict(extra="allow")
    code: str
    label: str
    label_en: str


class ListOf(Schema):
    model_config = shown(
        {"items": [{"code": "development", "label": "จิตอาสาพัฒนา", "label_en": "Community development"}]}
    )
    items: list[ListRow]


class MonthRules(Schema):
    model_config = shown(
        {
            "month": "2569-11",
            "due_on": "2026-12-08",
            "nominal_due_on": "2026-12-05",
            "required": ["name", "kind", "start_date", "place"],
            "photos_least": 2,
            "photos_most": 10,
            "nil_allowed": True,
            "note": "",
        }
    )
    month: str
    due_on: date
    nominal_due_on: date
    required: list[str]
    photos_least: int
    photos_most: int
    nil_allowed: bool
    note: str


class OccasionRow(Schema):
    id: int
    date: date
    name: str
    kind: str


class Occasions(Schema):
    model_config = shown(
        {"items": [{"id": 12, "date": "2026-12-05", "name": "วันคล้ายวันพระบรมราชสมภพ ร.9", "kind": "royal"}]}
    )
    items: list[OccasionRow]


class SumsOf(Schema):
    activities: int
    submitted: int
    accepted: int
    returned: int
    drafts: int
    events: int
    participants: int
    people: int
    men: int
    women: int
    photos: int
    budget: str


class Summary(Schema):
    model_config = shown(
        {
            "month": "2569-11",
            "organization": OFFICE,
            "total": SUMS,
            "by_kind": {"development": SUMS},
            "by_occasion": {},
        }
    )
    month: str
    organization: Office
    total: SumsOf
    by_kind: dict[str, SumsOf]
    by_occasion: dict[str, SumsOf]


MONTH = {
    "month": "2569-11",
    "state": "confirmed",
    "reason": "ยืนยันแล้วเมื่อ 2 ธ.ค. 2569",
    "due_on": "2026-12-08",
    "confirmed_at": "2026-12-02T03:00:00Z",
    "on_time": True,
    "nil_reason": "",
    "sums": SUMS,
}


class MonthState(Schema):
    """Where the office stands with one month."""

    model_config = shown(MONTH)
    month: str
    state: Literal["not_due", "nothing", "in_progress", "confirmed", "nil", "late", "returned", "merged"]
    reason: str
    due_on: date
    confirmed_at: Stamp
    on_time: bool | None
    nil_reason: str
    sums: SumsOf


class Months(Schema):
    model_config = shown({"items": [MONTH]})
    items: list[MonthState]


class DatasetRow(Schema):
    name: str
    title: str
    description: str
    csv: str
    json_: str = Field(alias="json")


class Datasets(Schema):
    model_config = shown(
        {
            "items": [
                {
                    "name": "activities",
                    "title": "กิจกรรมจิตอาสาของ อปท.",
                    "description": "กิจกรรมที่รับรองแล้ว",
                    "csv": "/open-data/activities.csv",
                    "json": "/open-data/activities.json",
                }
            ]
        }
    )
    items: list[DatasetRow]
