"""What this app's acts are called in the audit."""

from django.utils.translation import gettext_lazy as _

from jitasa.audit.words import FIELDS as COMMON

LABELS = {
    "audit.refused": _("ถูกปฏิเสธ"),
    "audit.read_access_log": _("อ่านบันทึกการเข้าถึงของเครื่องแม่ข่าย"),
}
FIELDS = dict(COMMON) | {
    "method": _("วิธีเรียก"),
    "path": _("หน้า"),
    "more": _("ครั้งต่อไปในชั่วโมงนี้"),
    "system_user": _("ผู้ใช้ของเครื่อง"),
    "filters": _("ตัวกรอง"),
}
VALUES = {
    "refused_form": _("แบบฟอร์มหมดอายุ"),
    "refused_right": _("ไม่มีสิทธิ"),
    "access_log": _("ดูในบันทึกการเข้าถึงของเครื่องแม่ข่าย"),
}
