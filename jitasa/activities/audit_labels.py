"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "activity.create": _("เริ่มบันทึกกิจกรรม"),
    "activity.save": _("บันทึกกิจกรรม"),
    "activity.discard": _("ยกเลิกร่างกิจกรรม"),
    "activity.ask": _("ขออนุมัติกิจกรรม"),
    "activity.approve": _("อนุมัติและส่งกิจกรรม"),
    "activity.send_back": _("ส่งกลับให้ผู้บันทึกแก้ไข"),
    "activity.submit": _("ส่งกิจกรรม"),
    "activity.withdraw": _("ถอนกิจกรรม"),
    "activity.reopen": _("ขอแก้กิจกรรมที่ส่งแล้ว"),
    "activity.link_host": _("เชื่อมโยงกับกิจกรรมของเจ้าภาพ"),
    "activity.invite": _("เชิญหน่วยงานร่วมงาน"),
    "activity.cancel_invitation": _("ยกเลิกคำเชิญร่วมงาน"),
    "activity.accept_invitation": _("ตอบรับคำเชิญร่วมงาน"),
    "activity.decline_invitation": _("ตอบไม่เข้าร่วมงาน"),
    "activity.hide_photo": _("นำภาพลงจากเว็บไซต์"),
    "activity.show_photo": _("นำภาพกลับขึ้นเว็บไซต์"),
}
FIELDS = {
    "reason": _("เหตุผล"),
    "revision": _("แก้ครั้งที่"),
    "activity.number": _("เลขที่รายงาน"),
    "picture": _("ภาพ"),
    "invitation": _("คำเชิญร่วมงาน"),
    "offices": _("หน่วยงาน"),
}
