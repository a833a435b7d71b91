"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

from jitasa.rounds.choices import REQUIRABLE

LABELS = {
    "list.install": _("ติดตั้งรายการตั้งต้น"),
    "list.add": _("เพิ่มในรายการ"),
    "list.edit": _("แก้รายการ"),
    "list.reorder": _("จัดลำดับรายการ"),
    "list.retire": _("เลิกใช้ในรายการ"),
    "list.restore": _("กลับมาใช้ในรายการ"),
    "round.change": _("แก้หลักเกณฑ์การรายงานของเดือน"),
    "return.nil": _("แจ้งว่าไม่มีกิจกรรม"),
    "return.nil_taken_back": _("ยกเลิกการแจ้งว่าไม่มีกิจกรรม"),
    "return.nil_overtaken": _("มีกิจกรรมแล้ว การแจ้งว่าไม่มีจึงสิ้นสุด"),
    "return.confirm": _("ยืนยันรายงานประจำเดือน"),
    "return.confirm_again": _("ยืนยันรายงานประจำเดือนอีกครั้ง"),
    "return.unconfirm": _("ยกเลิกการยืนยันรายงานประจำเดือน"),
}
FIELDS = {
    "month": _("เดือน"),
    "list": _("รายการ"),
    "list.kind": _("ประเภทกิจกรรม"),
    "list.subkind": _("ลักษณะงาน"),
    "list.participantgroup": _("กลุ่มผู้เข้าร่วม"),
    "list.measure": _("ปริมาณงาน"),
    "list.returnreason": _("เหตุผลที่ส่งกลับแก้ไข"),
    "list.nilreason": _("สาเหตุที่ไม่มีกิจกรรม"),
    "list.latereason": _("สาเหตุที่ล่าช้า"),
    "late_reason": _("สาเหตุที่ล่าช้า"),
    "list.fields": _("ช่องที่ต้องแก้"),
    "list.measures": _("ปริมาณงานที่ถามก่อน"),
}
VALUES = {f"{of}.{name}": words for name, words in REQUIRABLE.items() for of in ("round", "list")}
