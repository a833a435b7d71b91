"""What acts of publicity are called in the audit."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "post.save": _("บันทึกโพสต์ของกิจกรรม"),
}
