"""What this app's acts are called in the audit."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "accounts.sign_in": _("เข้าสู่ระบบ"),
    "accounts.sign_out": _("ออกจากระบบ"),
    "accounts.sign_in_failed": _("เข้าสู่ระบบไม่สำเร็จ"),
    "accounts.session_over": _("หมดเวลาการเข้าสู่ระบบ"),
    "accounts.export_data": _("ขอสำเนาข้อมูลของตน"),
    "accounts.change_password": _("เปลี่ยนรหัสผ่าน"),
    "accounts.save_profile": _("แก้ข้อมูลของตน"),
    "accounts.end_session": _("ออกจากระบบในอุปกรณ์อื่น"),
    "accounts.second_step_failed": _("ยืนยันตัวชั้นที่สองไม่สำเร็จ"),
    "accounts.confirm_failed": _("ยืนยันตัวซ้ำไม่สำเร็จ"),
    "accounts.add_app": _("เพิ่มแอปยืนยันตัวตน"),
    "accounts.remove_app": _("ลบแอปยืนยันตัวตน"),
    "accounts.add_passkey": _("เพิ่มพาสคีย์"),
    "accounts.remove_passkey": _("ลบพาสคีย์"),
    "accounts.make_recovery_codes": _("ทำรหัสสำรองชุดใหม่"),
    "accounts.link_identity": _("เชื่อมบัญชีกับผู้ให้บริการยืนยันตัวตน"),
    "accounts.unlink_identity": _("ยกเลิกการเชื่อมกับผู้ให้บริการยืนยันตัวตน"),
    "accounts.end_other_sessions": _("ออกจากระบบในอุปกรณ์อื่นทั้งหมด"),
}
FIELDS = {
    "locked": _("ถูกระงับการเข้าสู่ระบบชั่วคราว"),
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
