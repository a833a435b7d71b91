"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

from jitasa.find.lists import LISTS

LABELS = {
    "find.save_view": _("บันทึกมุมมอง"),
    "find.change_view": _("แก้มุมมองที่บันทึก"),
    "find.remove_view": _("ลบมุมมองที่บันทึก"),
}
FIELDS = {"list": _("รายการ"), "query": "", "shared": _("ใช้ร่วมกันในสำนักงาน")}
VALUES = {name: each.label for name, each in LISTS.items()}
