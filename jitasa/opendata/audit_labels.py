"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "opendata.publish": _("จัดทำชุดข้อมูลเปิดรุ่นใหม่"),
    "opendata.withdraw": _("ถอนไฟล์ของชุดข้อมูลเปิด"),
}
FIELDS: dict[str, str] = {"content": ""}
