"""What acts on people and posts are called in the audit. The registry's own verbs stand beside them."""

from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import OfferAnswer, Role

LABELS = {
    "organizations.create_person": _("เพิ่มผู้ใช้"),
    "organizations.edit_person": _("แก้ข้อมูลผู้ใช้"),
    "organizations.reset_second_factor": _("ยกเลิกการยืนยันตัวสองชั้นของผู้ใช้"),
    "organizations.reset_password": _("ตั้งรหัสผ่านชั่วคราว"),
    "organizations.deactivate_person": _("ระงับบัญชี"),
    "organizations.activate_person": _("เปิดใช้บัญชี"),
    "organizations.add_post": _("ให้ตำแหน่ง"),
    "organizations.edit_post": _("แก้ชื่อตำแหน่ง"),
    "organizations.end_post": _("ให้พ้นหน้าที่"),
    "organizations.offer_post": _("เสนอตำแหน่ง"),
    "organizations.answer_offer": _("ตอบข้อเสนอตำแหน่ง"),
    "organizations.ask_erasure": _("ขอลบข้อมูลส่วนบุคคล"),
    "organizations.withdraw_erasure": _("ถอนคำขอลบข้อมูล"),
    "organizations.refuse_erasure": _("ตอบว่ายังลบข้อมูลไม่ได้"),
    "organizations.erase_person": _("ลบข้อมูลส่วนบุคคล"),
    "organizations.wake_post": _("ให้ทำหน้าที่ต่อ"),
    "organizations.move_home": _("ย้ายต้นสังกัด"),
    "organizations.view_as_start": _("เริ่มดูแทน"),
    "organizations.view_as_stop": _("เลิกดูแทน"),
    "registry.install": _("ติดตั้งทะเบียนจังหวัดและอำเภอ"),
    "registry.install_paos": _("เพิ่ม อบจ. ทุกจังหวัด"),
    "registry.import": _("นำเข้าทะเบียน"),
    "registry.settle_doubt": _("ตรวจค่าที่น่าสงสัยในทะเบียนแล้ว"),
    "registry.found": _("เพิ่มหน่วยงาน"),
    "registry.correct": _("แก้ข้อมูลทะเบียน"),
    "registry.rename": _("เปลี่ยนชื่อหน่วยงาน"),
    "registry.recode": _("เปลี่ยนรหัสหน่วยงาน"),
    "registry.upgrade": _("ยกฐานะหน่วยงาน"),
    "registry.move": _("ย้ายสายการกำกับดูแล"),
    "registry.merge": _("ยุบรวมหน่วยงาน"),
    "registry.settings": _("แก้ค่าตั้งของหน่วยงาน"),
}
FIELDS = {
    "role": _("บทบาท"),
    "from": _("ตั้งแต่"),
    "to": _("ถึง"),
    "at_once": _("หยุดทันที"),
    "answer": _("คำตอบ"),
    "resting": _("พักตำแหน่งใน"),
    "registry.codes": _("รหัส"),
    "from_office": _("จากสำนักงาน"),
    "to_office": _("ไปสำนักงาน"),
}
VALUES = {role.value: role.label for role in Role} | {
    answer.value: answer.label for answer in OfferAnswer if answer != OfferAnswer.ACCEPTED
}
