"""The columns of an office's sheet: the same for the file to fill in, the export and what is read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import override

from jitasa.activities.choices import FORMER_CHANNEL_WORDS, Basis, BudgetSource, ChannelKind, Part
from jitasa.activities.forms import GROUP, MEASURE
from jitasa.activities.selectors.choices import Offer, offer_for
from jitasa.activities.selectors.values import LABELS
from jitasa.thai.search import fold


class Cell(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    CLOCK = "clock"
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """``key`` is a field of the record's form, or one of the sheet's own (``OWN``).

    ``options`` are offered in the cell; ``closed`` when nothing else is understood. ``words`` says how to fill it.
    """

    key: str
    title: str
    cell: Cell = Cell.TEXT
    width: float = 18
    options: str = ""
    closed: bool = False
    hidden: bool = False
    words: str = ""


UUID, REVISION, STATUS, NUMBER, OCCASION, HOST, JOINT, PHOTOS = (
    "uuid", "revision", "status", "number", "occasion", "host", "joint", "photos",
)  # fmt: skip
OWN = frozenset({UUID, REVISION, STATUS, NUMBER, OCCASION, HOST, JOINT, PHOTOS})
SEPARATOR = ", "  # between the words of a cell that takes several

_CLOCK = {"start_time": 9.0, "end_time": 9.0}
_LONG = {"name": 42.0, "result": 40.0, "problems": 30.0, "suggestions": 30.0}
_DAYS = {"start_date": 15.0, "end_date": 15.0}
_COUNTS = {"moo": 8.0, "men": 9.0, "women": 9.0}
_NUMBERS = {"budget_amount": 14.0, "latitude": 11.0, "longitude": 11.0}
_CLOSED = {
    "kind": "kinds",
    "sub_kind": "sub_kinds",
    "part": "parts",
    "budget_source": "budgets",
}
_OPEN = {"place": "places", "tambon_code": "tambons", "chair_position": "chairs"}


def columns(offer: Offer | None = None) -> list[Column]:
    """The columns in their order, titled in Thai as every document is; groups and measures as offered today."""
    with override("th"):
        return [*_identity(), *_what(), *_people(offer or offer_for(None)), *_rest()]


def _identity() -> list[Column]:
    return [
        Column(UUID, "รหัสรายการ (ระบบใช้)", hidden=True),
        Column(REVISION, "ฉบับที่ (ระบบใช้)", hidden=True),
        Column(NUMBER, "เลขที่รายงาน", width=18, words="ระบบออกให้ ไม่ต้องกรอก"),
        Column(STATUS, "สถานะ", width=14, words="ระบบเขียนให้ ไม่ต้องกรอก"),
    ]


def _what() -> list[Column]:
    return [
        _of("name"), _of("kind"), _of("sub_kind"),
        _of("start_date", words="เช่น 22/11/2569 หรือ 22 พ.ย. 2569"), _of("start_time", words="เช่น 08:30"),
        _of("end_date", words="เว้นว่างถ้าจัดวันเดียว"), _of("end_time"),
        _of("place"), _of("moo"), _of("tambon_code", words="ชื่อตำบลในจังหวัดของท่าน"),
        Column(OCCASION, str(LABELS["basis"]), width=30, options="occasions",
               words="ชื่อวันสำคัญ หรือ “ตามที่ ศอ.จอส.จังหวัดกำหนด” เว้นว่างถ้าไม่เกี่ยวกับวันสำคัญ"),
        _of("part", words="เว้นว่างคือจัดเอง"),
        Column(HOST, str(LABELS["host_organization_id"]), width=22, options="hosts",
               words="กรอกเมื่อร่วมจัดหรือไปเข้าร่วม"),
        Column(JOINT, "งานร่วม", width=34, options="joint",
               words="งานที่หน่วยงานอื่นเชิญร่วม เลือกแล้วถือว่าตอบรับ แถวของงานที่เชิญไว้แล้วมีให้ในตาราง"),
    ]  # fmt: skip


def _people(offer: Offer) -> list[Column]:
    person, most = "คน", 9.0
    groups = [Column(GROUP + row.code, f"{row.label} ({person})", Cell.COUNT, most) for row in offer.groups]
    measures = [
        Column(MEASURE + row.code, f"{row.label} ({row.unit})", Cell.NUMBER, 11) for row in offer.measures
    ]
    sexes = [
        Column(name, f"{LABELS[name]} ({person})", Cell.COUNT, _COUNTS[name]) for name in ("men", "women")
    ]
    return [*groups, *sexes, *measures]


def _rest() -> list[Column]:
    several = "หลายอย่างคั่นด้วยจุลภาค"
    return [
        _of("result"), _of("chair_position"), _of("chair_name"),
        _of("budget_source"), _of("budget_project"), _of("budget_amount"),
        Column("publicity", str(LABELS["publicity"]), width=26, words=several),
        _of("publicity_link"), _of("problems"), _of("suggestions"), _of("latitude"), _of("longitude"),
        Column(PHOTOS, "ภาพ (ชื่อไฟล์)", width=34,
               words="ชื่อไฟล์ภาพในไฟล์ zip ที่ส่งมาด้วย หลายภาพคั่นด้วยจุลภาค"),
    ]  # fmt: skip


def _of(name: str, words: str = "") -> Column:
    for cell, widths in (
        (Cell.CLOCK, _CLOCK),
        (Cell.LONG, _LONG),
        (Cell.DAY, _DAYS),
        (Cell.COUNT, _COUNTS),
        (Cell.NUMBER, _NUMBERS),
    ):
        if name in widths:
            return Column(name, str(LABELS[name]), cell, widths[name], words=words)
    closed = name in _CLOSED
    options = _CLOSED.get(name) or _OPEN.get(name, "")
    return Column(name, str(LABELS[name]), options=options, closed=closed, words=words)


def key(text: str) -> str:
    """A title or a word as it is compared: one spelling, no spaces."""
    return fold(text).replace(" ", "")


def by_title(found: Iterable[Column]) -> dict[str, Column]:
    """Folded title → column."""
    return {key(column.title): column for column in found}


def words_of_choices() -> Mapping[str, dict[str, str]]:
    """Field → folded Thai word → code, of the closed lists that the program itself has."""
    with override("th"):
        return {
            "part": {key(str(label)): value for value, label in Part.choices},
            "budget_source": {key(str(label)): value for value, label in BudgetSource.choices},
            "publicity": {
                **{key(words): kind.value for words, kind in FORMER_CHANNEL_WORDS.items()},
                **{key(str(label)): value for value, label in ChannelKind.choices},
            },
            "basis": {key(str(label)): value for value, label in Basis.choices},
        }
