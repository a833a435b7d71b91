"""The columns of every table of offices: on the board, in the workbook and in a compilation."""

from dataclasses import dataclass
from typing import Any

from jitasa.compilation.selectors.figures import Figures


@dataclass(frozen=True)
class Column:
    """``kind`` is one of ``documents.xlsx.Kind``; money is in baht."""

    key: str
    title: str
    kind: str = "text"

    def as_json(self) -> list[str]:
        return [self.key, self.title, self.kind]


# Words of documents, which are always Thai: not translated.
OFFICES = (
    Column("offices", "ต้องรายงาน (แห่ง)", "integer"),
    Column("reported", "รายงานแล้ว (แห่ง)", "integer"),
    Column("confirmed", "ยืนยันครบ (แห่ง)", "integer"),
    Column("nil", "แจ้งไม่มีกิจกรรม (แห่ง)", "integer"),
    Column("on_time", "ทันกำหนด (แห่ง)", "integer"),
)
COUNTS = (
    Column("activities", "กิจกรรม (รายการ)", "integer"),
    Column("events", "กิจกรรม (ครั้ง)", "integer"),
    Column("participants", "ผู้เข้าร่วมตามรายการ (คน)", "integer"),
    Column("people", "ผู้เข้าร่วม (คน)", "integer"),
    Column("men", "ชายตามรายการ (คน)", "integer"),
    Column("women", "หญิงตามรายการ (คน)", "integer"),
    Column("photos", "ภาพ", "integer"),
    Column("budget", "งบประมาณ (บาท)", "money"),
)
CODE = Column("code", "รหัส")
NAME = Column("name", "หน่วยงาน")
DISTRICT = Column("district", "อำเภอ")
PROVINCE = Column("province", "จังหวัด")
STATE = Column("state", "สถานะ")
REASON = Column("reason", "เหตุ")


def cells(figures: Figures, columns: tuple[Column, ...]) -> list[Any]:
    """The values of the given columns; money as text with two decimals, so that it hashes the same."""
    return [_cell(getattr(figures, column.key), column.kind) for column in columns]


def _cell(value: Any, kind: str) -> Any:
    return f"{value:.2f}" if kind == "money" else value
