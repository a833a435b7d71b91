"""What acts on letters are called in the audit."""

from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import AnswerKind

LABELS = {
    "letter.create": _("เริ่มร่างหนังสือ"),
    "letter.save": _("แก้ร่างหนังสือ"),
    "letter.file": _("รับไฟล์แนบ"),
    "letter.ask_signature": _("เสนอลงนาม"),
    "letter.issue": _("ลงนามและออกเลข"),
    "letter.recall": _("เรียกคืนหนังสือ"),
    "letter.settings": _("แก้หัวหนังสือ"),
    "letter.signer_add": _("เพิ่มผู้ลงนาม"),
    "letter.signer_retire": _("เลิกใช้ผู้ลงนาม"),
    "letter.open": _("เปิดหนังสือ"),
    "letter.register": _("ลงรับหนังสือ"),
    "letter.assign": _("มอบหมายหนังสือ"),
    "letter.answer": _("ตอบหนังสือ"),
    "letter.pass_on": _("ส่งต่อหนังสือ"),
    "letter.stamp": _("ประทับตรารับจากกระดาษ"),
    "letter.verify_date": _("ตรวจสอบวันที่ของหนังสือ"),
    "letter.remind": _("เตือนผู้รับหนังสือ"),
    "letter.outside": _("ลงทะเบียนหนังสือจากภายนอก"),
    "letter.retention_list": _("ทำบัญชีหนังสือครบอายุเก็บ"),
    "letter.retention_confirm": _("ยืนยันบัญชีหนังสือครบอายุเก็บ"),
    "letter.destroy": _("ทำลายหนังสือ"),
}
FIELDS = {"letter.kind": _("ตอบเป็น"), "letter.to": _("มอบให้")}
VALUES = {f"letter.{value}": label for value, label in AnswerKind.choices} | {
    "letter.unopened": _("ยังไม่เปิด"),
    "letter.unanswered": _("ยังไม่ตอบ"),
}
