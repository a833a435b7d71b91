"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "activity.create": _("เริ่มบันทึกกิจกรรม"),
    "activity.save": _("บันทึกกิจกรรม"),
    "activity.discard": _("ทิ้งร่างกิจกรรม"),
    "activity.ask": _("ขออนุมัติกิจกรรม"),
    "activity.approve": _("อนุมัติและส่งกิจกรรม"),
    "activity.send_back": _("ส่งกลับให้ผู้บันทึกแก้"),
    "activity.submit": _("ส่งกิจกรรม"),
    "activity.withdraw": _("ถอนกิจกรรม"),
    "activity.reopen": _("ขอแก้กิจกรรมที่ส่งแล้ว"),
    "activity.link_host": _("เชื่อมกับกิจกรรมของเจ้าภาพ"),
    "activity.hide_photo": _("นำภาพลงจากเว็บไซต์"),
    "activity.show_photo": _("นำภาพกลับขึ้นเว็บไซต์"),
}
FIELDS = {
    "reason": _("เหตุผล"),
    "revision": _("แก้ครั้งที่"),
    "activity.number": _("เลขรับ"),
    "picture": _("ภาพ"),
}
