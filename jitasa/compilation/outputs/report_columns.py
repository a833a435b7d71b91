"""The columns of the report's tables: key, heading, side and width. Headings are those of ``rounds.counted.LABELS``."""

from collections.abc import Sequence
from typing import Any

Shown = Sequence[tuple[str, str, str, str]]

PLACES = (
    ("name", "", "left", "2.4fr"),
    ("offices", "ต้องรายงาน (แห่ง)", "right", "1.1fr"),
    ("reported", "รายงานแล้ว (แห่ง)", "right", "1.1fr"),
    ("confirmed", "ยืนยันครบ (แห่ง)", "right", "1.1fr"),
    ("nil", "แจ้งไม่มีกิจกรรม (แห่ง)", "right", "1.2fr"),
    ("on_time", "ทันกำหนด (แห่ง)", "right", "1.1fr"),
    ("events", "กิจกรรม (ครั้ง)", "right", "1.1fr"),
    ("waiting_events", "รอตรวจ (ครั้ง)", "right", "1.1fr"),
    ("people", "ผู้เข้าร่วม (คน)", "right", "1.2fr"),
)
LAOS = (
    ("name", "หน่วยงาน", "left", "2.2fr"),
    ("district", "อำเภอ", "left", "1.6fr"),
    ("state", "สถานะ", "left", "1.6fr"),
    ("activities", "บันทึก (รายการ)", "right", "1fr"),
    ("events", "กิจกรรม (ครั้ง)", "right", "1fr"),
    ("people", "ผู้เข้าร่วม (คน)", "right", "1.2fr"),
)
PERIODS = (
    ("period", "ช่วงเวลา", "left", "3fr"),
    ("activities", "บันทึก (รายการ)", "right", "1fr"),
    ("events", "กิจกรรม (ครั้ง)", "right", "1fr"),
    ("people", "ผู้เข้าร่วม (คน)", "right", "1.2fr"),
    ("photos", "ภาพถ่าย (ภาพ)", "right", "1fr"),
)
GROUPS = (("name", "กลุ่มผู้เข้าร่วม", "left", "3fr"), ("people", "ผู้เข้าร่วม (คน)", "right", "1fr"))
MISSING = (
    ("province", "จังหวัด", "left", "2.4fr"),
    ("district", "อำเภอ", "left", "2.4fr"),
    ("offices", "ต้องรายงาน (แห่ง)", "right", "1fr"),
    ("reported", "รายงานแล้ว (แห่ง)", "right", "1fr"),
    ("missing", "ยังไม่รายงาน (แห่ง)", "right", "1fr"),
)
NAMED = (
    ("name", "หน่วยงาน", "left", "1.6fr"),
    ("district", "อำเภอ", "left", "1.45fr"),
    ("province", "จังหวัด", "left", "1.2fr"),
    ("reason", "สาเหตุ", "left", "2.35fr"),
)
PARTS = {"kinds": "ประเภท", "occasions": "วันสำคัญ"}  # table → heading of its first column
KINDS = (
    ("label", "", "left", "2.6fr"),  # of compilations until November 2569
    ("name", "", "left", "2.6fr"),
    ("activities", "บันทึก (รายการ)", "right", "1fr"),
    ("events", "กิจกรรม (ครั้ง)", "right", "1fr"),
    ("people", "ผู้เข้าร่วม (คน)", "right", "1.2fr"),
)
AREAS = {"provinces": "จังหวัด", "districts": "อำเภอ"}  # table → heading of its names
_OFFICE_WORDS = {"province": "สถจ.", "district": "อ."}


def plain(table: dict[str, Any]) -> dict[str, Any]:
    """The rows by the names of places, not of their offices: กระบี่, not สถจ.กระบี่."""
    at = positions(table)
    words = {at[key]: word for key, word in _OFFICE_WORDS.items() if key in at}
    if table["name"] in AREAS:
        words[at["name"]] = _OFFICE_WORDS[table["name"].removesuffix("s")]
    rows = [
        [
            str(value).removeprefix(words[index]) if index in words else value
            for index, value in enumerate(row)
        ]
        for row in table["rows"]
    ]
    return table | {"rows": rows}


def positions(table: dict[str, Any]) -> dict[str, int]:
    """Key of a column → its place."""
    return {column[0]: index for index, column in enumerate(table["columns"])}
