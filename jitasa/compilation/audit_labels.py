"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "compilation.compile": _("รวบรวมรายงานประจำเดือน"),
    "compilation.file": _("ให้จัดทำไฟล์ของรายงานรวม"),
    "month.remind": _("เตือนให้รายงาน"),
    "check.repair": _("คำนวณยอดใหม่จากรายการ"),
}
FIELDS = {
    "hash": "",
    "compilation.number": _("ฉบับที่"),
}
