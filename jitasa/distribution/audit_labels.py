"""What acts on groups of recipients are called in the audit (they were the letters' first, hence the verbs)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "letter.group": _("บันทึกกลุ่มผู้รับ"),
    "letter.group_remove": _("ลบกลุ่มผู้รับ"),
}
