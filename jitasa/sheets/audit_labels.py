"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "sheet.begin": _("ส่งตาราง Excel ให้ตรวจ"),
    "sheet.import": _("นำเข้าตาราง Excel"),
    "sheet.drop": _("ยกเลิกตาราง Excel ที่ส่งไว้"),
}
