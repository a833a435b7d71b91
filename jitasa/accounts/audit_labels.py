"""What this app's acts are called in the audit."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "accounts.sign_in": _("ลงชื่อเข้าใช้"),
    "accounts.sign_out": _("ออกจากระบบ"),
    "accounts.sign_in_failed": _("ลงชื่อเข้าใช้ไม่สำเร็จ"),
    "accounts.change_password": _("เปลี่ยนรหัสผ่าน"),
    "accounts.save_profile": _("แก้ข้อมูลของตน"),
    "accounts.end_session": _("ออกจากระบบในอุปกรณ์อื่น"),
    "accounts.end_other_sessions": _("ออกจากระบบในอุปกรณ์อื่นทั้งหมด"),
}
FIELDS = {
    "locked": _("ถูกพักการลงชื่อเข้าใช้"),
    "address": _("ที่อยู่เครือข่าย"),
    "count": _("จำนวน"),
    "changed": _("แก้"),
    "full_name": _("ชื่อ-สกุล"),
    "email": _("อีเมล"),
    "phone": _("โทรศัพท์"),
    "numerals": _("ตัวเลขบนจอ"),
    "language": _("ภาษา"),
    "username": _("ชื่อผู้ใช้"),
}
