"""The columns of every table of offices: on the board, in the workbook and in a compilation."""

from dataclasses import dataclass
from typing import Any

from jitasa.compilation.selectors.figures import Figures


@dataclass(frozen=True)
class TableColumn:
    """``kind`` is one of ``documents.xlsx.CellKind``; money is in baht."""

    key: str
    title: str
    kind: str = "text"

    def as_json(self) -> list[str]:
        return [self.key, self.title, self.kind]


# Words of documents, which are always Thai: not translated.
OFFICES = (
    TableColumn("offices", "ต้องรายงาน (แห่ง)", "integer"),
    TableColumn("reported", "รายงานแล้ว (แห่ง)", "integer"),
    TableColumn("confirmed", "ยืนยันครบ (แห่ง)", "integer"),
    TableColumn("nil", "แจ้งไม่มีกิจกรรม (แห่ง)", "integer"),
    TableColumn("on_time", "ทันกำหนด (แห่ง)", "integer"),
)
COUNTS = (
    TableColumn("activities", "กิจกรรม (รายการ)", "integer"),
    TableColumn("events", "กิจกรรม (ครั้ง)", "integer"),
    TableColumn("participants", "ผู้เข้าร่วมตามรายการ (คน)", "integer"),
    TableColumn("people", "ผู้เข้าร่วม (คน)", "integer"),
    TableColumn("men", "ชายตามรายการ (คน)", "integer"),
    TableColumn("women", "หญิงตามรายการ (คน)", "integer"),
    TableColumn("photos", "ภาพ", "integer"),
    TableColumn("budget", "งบประมาณ (บาท)", "money"),
)
CODE = TableColumn("code", "รหัส")
NAME = TableColumn("name", "หน่วยงาน")
DISTRICT = TableColumn("district", "อำเภอ")
PROVINCE = TableColumn("province", "จังหวัด")
STATE = TableColumn("state", "สถานะ")
REASON = TableColumn("reason", "เหตุ")


def cells(figures: Figures, columns: tuple[TableColumn, ...]) -> list[Any]:
    """The values of the given columns; money as text with two decimals, so that it hashes the same."""
    return [_cell(getattr(figures, column.key), column.kind) for column in columns]


def _cell(value: Any, kind: str) -> Any:
    return f"{value:.2f}" if kind == "money" else value
