"""What acts on letters are called in the audit."""

from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import AnswerKind

LABELS = {
    "letter.create": _("เริ่มร่างหนังสือ"),
    "letter.save": _("แก้ร่างหนังสือ"),
    "letter.file": _("รับไฟล์แนบ"),
    "letter.ask_signature": _("เสนอลงนาม"),
    "letter.send_back": _("ส่งร่างกลับแก้ไข"),
    "letter.issue": _("ลงนามและออกเลข"),
    "letter.recall": _("เรียกคืนหนังสือ"),
    "letter.settings": _("แก้หัวหนังสือ"),
    "letter.signer_add": _("เพิ่มผู้ลงนาม"),
    "letter.signer_delegate": _("มอบหมายให้ลงนามแทน"),
    "letter.signer_retire": _("เลิกใช้ผู้ลงนาม"),
    "letter.signature": _("ใส่ภาพลายมือชื่อ"),
    "letter.open": _("เปิดหนังสือ"),
    "letter.register": _("ลงรับหนังสือ"),
    "letter.assign": _("มอบหมายหนังสือ"),
    "letter.answer": _("ตอบหนังสือ"),
    "letter.pass_on": _("ส่งต่อหนังสือ"),
    "letter.stamp": _("ประทับตรารับจากกระดาษ"),
    "letter.verify_date": _("ตรวจสอบวันที่ของหนังสือ"),
    "letter.remind": _("เตือนผู้รับหนังสือ"),
    "letter.outside_sent": _("ส่งหนังสือถึงผู้รับนอกระบบ"),
    "letter.annotate": _("เกษียนหนังสือ"),
    "letter.outside": _("ลงทะเบียนหนังสือที่มานอกระบบ"),
    "letter.retention_list": _("ทำบัญชีหนังสือครบอายุเก็บ"),
    "letter.retention_confirm": _("ยืนยันบัญชีหนังสือครบอายุเก็บ"),
    "letter.destroy": _("ทำลายหนังสือ"),
}
FIELDS = {
    "letter.kind": _("ตอบเป็น"),
    "letter.to": _("มอบหมายให้"),
    "letter.signer": _("ผู้ลงนาม"),
    "letter.stands_for": _("ลงนามแทนผู้ลงนาม"),
    "letter.order": _("คำสั่งหรือหนังสือมอบอำนาจ"),
    "letter.cover_by_memo": _("นำส่งรายงานประจำเดือนเป็นบันทึกข้อความ"),
    "letter.centre_head": _("คำขึ้นต้นถึงหัวหน้าศูนย์อำนวยการจิตอาสา"),
    "letter.circular_series": _("หนังสือเวียนใช้เลขทะเบียนแยกจากหนังสือทั่วไป (ข้อ 32)"),
    "letter.way": _("วิธีส่ง"),
}
VALUES = {f"letter.{value}": label for value, label in AnswerKind.choices} | {
    "letter.unopened": _("ยังไม่เปิด"),
    "letter.unanswered": _("ยังไม่ตอบ"),
}
