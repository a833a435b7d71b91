"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

from jitasa.occasions.models import OccasionKind

LABELS = {
    "occasion.install": _("เติมวันสำคัญของชาติ"),
    "occasion.add": _("เพิ่มวันสำคัญ"),
    "occasion.edit": _("แก้วันสำคัญ"),
    "occasion.copy": _("คัดลอกวันสำคัญจากปีก่อน"),
    "occasion.retire": _("เลิกใช้วันสำคัญ"),
    "occasion.adopt": _("ประกาศใช้รายการวันสำคัญ"),
    "occasion.restore": _("กลับมาใช้วันสำคัญ"),
}
FIELDS = {
    "year": _("ปี"),
    "years": _("ปี"),
    "added": _("เพิ่ม"),
    "occasion.number": _("ครั้งที่"),
    "days": _("จำนวนวัน"),
    "reference": _("อ้างหนังสือหรือประกาศ"),
    "order": _("ไฟล์คำสั่ง"),
    "order_reference": _("คำสั่งหรือหนังสือที่กำหนด"),
}
VALUES = {f"occasion.{value}": label for value, label in OccasionKind.choices}
