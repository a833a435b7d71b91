"""What acts on people and posts are called in the audit. The registry's own verbs stand beside them."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "organizations.create_person": _("เพิ่มผู้ใช้"),
    "organizations.edit_person": _("แก้ข้อมูลผู้ใช้"),
    "organizations.reset_password": _("ตั้งรหัสผ่านชั่วคราว"),
    "organizations.deactivate_person": _("ระงับบัญชี"),
    "organizations.activate_person": _("เปิดใช้บัญชี"),
    "organizations.add_post": _("ให้ตำแหน่ง"),
    "organizations.edit_post": _("แก้ชื่อตำแหน่ง"),
    "organizations.end_post": _("ให้พ้นหน้าที่"),
    "organizations.view_as_start": _("เริ่มดูแทน"),
    "organizations.view_as_stop": _("เลิกดูแทน"),
}
