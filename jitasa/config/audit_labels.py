"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "system.run_job_again": _("สั่งทำงานเบื้องหลังที่ไม่สำเร็จอีกครั้ง"),
    "system.discard_job": _("ยกเลิกงานเบื้องหลังที่ไม่สำเร็จ"),
}
FIELDS = {"job": _("งาน"), "given": _("ข้อมูลของงาน"), "error": _("ข้อผิดพลาด")}
