"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "activity.accept": _("รับกิจกรรม"),
    "activity.unaccept": _("ยกเลิกการรับกิจกรรม"),
    "activity.comment": _("แสดงความเห็นถึงกิจกรรม"),
    "activity.return": _("ส่งกิจกรรมกลับแก้ไข"),
}
