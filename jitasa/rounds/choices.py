"""Closed lists of a round: the fields a month's rules may require, and the states of a return."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Fields of ``activities.Activity`` (and of what belongs to it) that a round may require, in the order
# of the recording page. ``activities.rules.missing`` decides what "filled" means for each.
REQUIRABLE: dict[str, Promise] = {
    "name": _("ชื่อกิจกรรม"),
    "kind": _("ประเภท"),
    "sub_kind": _("ลักษณะงาน"),
    "basis": _("เนื่องในโอกาสใด"),
    "start_date": _("วันที่จัด"),
    "start_time": _("เวลาเริ่ม"),
    "end_time": _("เวลาสิ้นสุด"),
    "place": _("สถานที่"),
    "moo": _("หมู่ที่"),
    "tambon_code": _("ตำบล"),
    "point": _("จุดบนแผนที่"),
    "chair_position": _("ตำแหน่งของประธานในพิธี"),
    "participants": _("จำนวนผู้เข้าร่วม"),
    "men_women": _("จำนวนชายและหญิง"),
    "result": _("ผลการดำเนินงาน"),
    "measures": _("ปริมาณงาน"),
    "budget": _("งบประมาณ"),
    "publicity": _("ช่องทางประชาสัมพันธ์"),
    "photo_captions": _("คำบรรยายภาพ"),
}
# Without these a record cannot be counted at all, so no round may leave them out.
ALWAYS_REQUIRED = ("name", "kind", "start_date", "participants")
DEFAULT_REQUIRED = ("name", "kind", "start_date", "place", "tambon_code", "participants")
# What a return reason may point at: the fields above and two parts of the page that are not fields.
RETURNABLE: dict[str, Promise] = {
    **REQUIRABLE,
    "photos": _("ภาพถ่าย"),
    "part": _("บทบาทและเจ้าภาพ"),
}
DEFAULT_DUE_DAY = 5  # of the month after; the letters do not say it (docs/domain.md §3)
DEFAULT_PHOTOS_LEAST = 2
DEFAULT_PHOTOS_MOST = 10


class ReturnState(models.TextChoices):
    """Where one office stands with one month (docs/architecture.md §3, rule 7)."""

    NOT_DUE = "not_due", _("ยังไม่ถึงกำหนด")
    NOTHING = "nothing", _("ยังไม่มีรายงาน")
    IN_PROGRESS = "in_progress", _("กำลังรายงาน")
    CONFIRMED = "confirmed", _("ยืนยันครบแล้ว")
    NIL = "nil", _("แจ้งไม่มีกิจกรรม")
    LATE = "late", _("เกินกำหนด")
    RETURNED = "returned", _("มีรายการรอแก้ไข")
    MERGED = "merged", _("ไม่ต้องรายงาน")


# The colour word of the ``tag`` component for each state.
STATE_TONE: dict[ReturnState, str] = {
    ReturnState.NOT_DUE: "idle",
    ReturnState.NOTHING: "warn",
    ReturnState.IN_PROGRESS: "info",
    ReturnState.CONFIRMED: "ok",
    ReturnState.NIL: "ok",
    ReturnState.LATE: "bad",
    ReturnState.RETURNED: "warn",
    ReturnState.MERGED: "idle",
}
