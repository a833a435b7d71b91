"""What acts on requests of the public are called in the audit."""

from django.utils.translation import gettext_lazy as _

from jitasa.portal.models import Wish

LABELS = {
    "takedown.request": _("รับคำขอเรื่องภาพ"),
    "takedown.removed": _("นำภาพลงตามคำขอ"),
    "takedown.blurred": _("เบลอภาพตามคำขอ"),
    "takedown.refused": _("ไม่ดำเนินการตามคำขอเรื่องภาพ"),
    "takedown.restored": _("นำภาพกลับมาแสดง"),
    "takedown.erase": _("ลบข้อมูลผู้ขอเรื่องภาพ"),
}
FIELDS = {
    "wish": _("สิ่งที่ขอ"),
    "requests": _("จำนวนคำขอ"),
}
VALUES = dict(Wish.choices)
