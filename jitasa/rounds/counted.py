"""The numbers that are kept of records, named once: tallies, boards, statements, exports and open data use this list.

``activities`` and ``participants`` are an office's own; ``events``, ``people``, ``men`` and ``women`` count a joint
event once, so that men, women and those nobody told apart are together the people.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTED = ("activities", "events", "participants", "people", "men", "women", "photos", "budget")
# Of one kind or one important day; men and women are told of the whole alone.
COUNTED_OF_PART = tuple(name for name in COUNTED if name not in ("men", "women"))
# The occasion of a tally that is no row of the important days: none, or a day that the centre set.
NO_OCCASION, SET_BY_CENTRE = 0, -1

# One label a number, wherever it stands with its unit: tables, workbooks, exports, open data.
LABELS: dict[str, Promise] = {
    "activities": _("บันทึก (รายการ)"),
    "events": _("กิจกรรม (ครั้ง)"),
    "participants": _("ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)"),
    "people": _("ผู้เข้าร่วม (คน)"),
    "men": _("ชาย (คน)"),
    "women": _("หญิง (คน)"),
    "not_told_apart": _("ไม่ระบุเพศ (คน)"),
    "photos": _("ภาพถ่าย (ภาพ)"),
    "budget": _("งบประมาณ (บาท)"),
    "accepted_events": _("ตรวจแล้ว (ครั้ง)"),
    "waiting_events": _("รอตรวจ (ครั้ง)"),
    "offices": _("ต้องรายงาน (แห่ง)"),
    "reported": _("รายงานแล้ว (แห่ง)"),
    "confirmed": _("ยืนยันครบ (แห่ง)"),
    "nil": _("แจ้งไม่มีกิจกรรม (แห่ง)"),
    "on_time": _("ทันกำหนด (แห่ง)"),
    "missing": _("ยังไม่รายงาน (แห่ง)"),
}
