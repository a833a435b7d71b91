"""The shapes that programs send. What a value means and may be is the services' to say; here it is only read."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema

from jitasa.api.words import date_words
from jitasa.thai.dates import BE_OFFSET, YEARS
from jitasa.ui.reading import BIGGEST_ID, BIGGEST_NUMBER

TOLD_APART_MOST = 60  # as many records as one office may have on one day
THAI_YEARS = range(YEARS.start + BE_OFFSET, YEARS.stop + BE_OFFSET)


def _christian(day: date) -> date:
    if day.year in THAI_YEARS:
        raise ValueError(_("ปีนี้เป็น พ.ศ. กรอกปี ค.ศ. เช่น 2026-11-20"))
    if day.year not in YEARS:
        raise ValueError(date_words())
    return day


def _of_the_clock(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError(_("กรอกเวลาตามนาฬิกาของไทย เช่น 08:30 ไม่ต้องใส่เขตเวลา"))
    return at


_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
Clock = Annotated[
    time,
    AfterValidator(_of_the_clock),
    WithJsonSchema({"type": "string", "pattern": _CLOCK, "examples": ["08:30"]}),
]
Day = Annotated[date, AfterValidator(_christian)]
Degrees = Annotated[float, Field(allow_inf_nan=False)]  # where on earth is the services' to say
Code = Annotated[str, Field(max_length=60)]
# "banner" is what "board" was called before the list of channels was one; it is still taken.
ChannelCode = Literal[
    "website",
    "facebook",
    "line",
    "youtube",
    "tiktok",
    "loudspeaker",
    "radio",
    "led",
    "board",
    "press",
    "banner",
]
Text = Annotated[str, Field(max_length=50_000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["9f86d081884c7d65" + "0" * 48])]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Strict(Schema):
    """A name nobody knows is a slip, so it is told instead of ignored."""

    model_config = ConfigDict(extra="forbid")


def told(*examples: dict[str, Any]) -> ConfigDict:
    """The examples of a body, which takes no name that nobody knows."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples)})


class PhotoIn(Strict):
    sha256: Sha256
    caption: Annotated[str, Field(max_length=200)] = ""
    children_visible: bool = False
    publish: bool = True


EXAMPLE: dict[str, Any] = {
    "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
    "kind": "development",
    "start_date": "2026-11-20",
    "start_time": "08:30",
    "place": "หาดนพรัตน์ธารา",
    "moo": 5,
    "tambon_code": "810116",
    "latitude": 8.0411,
    "longitude": 98.8129,
    "groups": {"citizens": 60},
    "result": "เก็บขยะได้ตลอดแนวชายหาด",
    "photos": [],
    "revision": None,
}
EXAMPLE_EN: dict[str, Any] = {
    **EXAMPLE,
    "name": "Beach clean-up at Nopparat Thara",
    "place": "Nopparat Thara beach",
    "result": "The whole beach is free of litter",
}
SHA_EXAMPLE = "9f86d081884c7d65" + "0" * 48
UUID_EXAMPLE = "0195c1a0-7c3e-7d5a-9b1f-2f6d0c4b8a11"


class ActivityIn(Strict):
    """บันทึกกิจกรรมหนึ่งรายการทั้งฉบับ ช่องที่ไม่ส่งมาถือว่าว่าง · One whole record; what is left out is empty.

    ``revision``: the revision it was written over (or header ``If-Match``); nothing for a new record.
    ``told_apart``: UUIDs of records that look like it (``looks_like`` of an answer) and are other activities.
    """

    model_config = told(EXAMPLE, EXAMPLE_EN)

    name: Text = ""
    kind: Code = ""
    sub_kind: Code = ""
    basis: Literal["occasion", "centre", "none"] = "none"
    occasion_id: Annotated[int, Field(ge=1, le=BIGGEST_ID)] | None = None
    part: Literal["host", "co_host", "guest"] = "host"
    host_organization_code: Annotated[str, Field(max_length=12)] = ""
    host_name: Text = ""
    host_activity: UUID | None = None
    start_date: Day | None = None
    start_time: Clock | None = None
    end_date: Day | None = None
    end_time: Clock | None = None
    place: Text = ""
    moo: Annotated[int, Field(ge=0, le=99)] | None = None
    tambon_code: Annotated[str, Field(max_length=6)] = ""
    latitude: Annotated[Degrees, WithJsonSchema({"type": "number", "minimum": -90, "maximum": 90})] | None = (
        None
    )
    longitude: (
        Annotated[Degrees, WithJsonSchema({"type": "number", "minimum": -180, "maximum": 180})] | None
    ) = None
    point_source: Literal["", "photo", "phone", "map"] = ""
    chair_position: Text = ""
    chair_name: Text = ""
    groups: Annotated[dict[Code, Count], Field(max_length=100)] = {}
    men: Count | None = None
    women: Count | None = None
    measures: Annotated[
        dict[Code, Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=3)]], Field(max_length=200)
    ] = {}
    result: Text = ""
    budget_source: Literal["none", "ordinance", "donated"] = "none"
    budget_project: Text = ""
    budget_amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    publicity: list[ChannelCode] = []
    publicity_link: Text = ""
    problems: Text = ""
    suggestions: Text = ""
    photos: Annotated[list[PhotoIn], Field(max_length=100)] = []
    day_confirmed: Day | None = None
    revision: Annotated[int, Field(ge=1, le=BIGGEST_NUMBER)] | None = None
    told_apart: Annotated[list[UUID], Field(max_length=TOLD_APART_MOST)] = []


class BatchItem(Strict):
    uuid: UUID
    record: ActivityIn
    submit: bool = True


class BatchIn(Strict):
    model_config = told({"records": [{"uuid": UUID_EXAMPLE, "record": EXAMPLE, "submit": True}]})

    records: Annotated[list[BatchItem], Field(min_length=1, max_length=500)]


class ReasonIn(Strict):
    model_config = told({"reason": "บันทึกซ้ำกับรายการอื่น"}, {"reason": "Recorded twice"})

    reason: Annotated[str, Field(max_length=2000)] = ""
    revision: Annotated[int, Field(ge=1, le=BIGGEST_NUMBER)] | None = None


class HashesIn(Strict):
    model_config = told({"sha256": [SHA_EXAMPLE]})

    sha256: Annotated[list[Sha256], Field(max_length=500)]


class AnswerIn(Strict):
    model_config = told({"text": "รับทราบและดำเนินการแล้ว"}, {"text": "Noted and done"})

    text: Annotated[str, Field(max_length=5000)] = ""
    rows: Annotated[
        list[Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]],
        Field(max_length=500),
    ] = []


class ConfirmIn(Strict):
    model_config = told({"late_reason": ""})

    late_reason: Annotated[str, Field(max_length=1000)] = ""


class NilIn(Strict):
    model_config = told({"reason": "อยู่ระหว่างเตรียมงานเดือนถัดไป"}, {"reason": "Preparing for next month"})

    reason: Annotated[str, Field(max_length=1000)]
