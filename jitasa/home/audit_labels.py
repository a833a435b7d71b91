"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {"home.dismiss_first_steps": _("ปิดรายการเริ่มต้นใช้งานของสำนักงาน")}
