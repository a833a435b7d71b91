"""The ``jitasa`` command: Django's own command runner under our name.

``jitasa import-registry`` runs the management command ``import_registry``: people type hyphens,
modules cannot have them. ``jitasa check`` is ours (numbers against records); Django's own system
check is ``jitasa django-check``. ``jitasa`` alone lists what an operator needs.
"""

import os
import sys

from jitasa.config.garbage import loads_much, stays

RENAMED = {"check": "check_records", "django_check": "check"}
COMMANDS = (
    ("demo", "เตรียมฐานข้อมูลสาธิตแล้วเปิดเว็บ"),
    ("serve", "เปิดเว็บ ตัวทำงานเบื้องหลัง และตัวตั้งเวลา"),
    ("worker", "เฉพาะตัวทำงานเบื้องหลัง"),
    ("pictures", "เฉพาะตัวเตรียมภาพ"),
    ("scheduler", "เฉพาะตัวตั้งเวลา"),
    ("static", "เตรียมไฟล์ประกอบหน้าเว็บ (serve ทำเอง)"),
    ("migrate", "ปรับโครงสร้างฐานข้อมูล"),
    ("install", "ใส่ข้อมูลตั้งต้น: ส่วนราชการ รายการ วันสำคัญ"),
    ("import-registry", "นำเข้าทะเบียน อปท. จากไฟล์ CSV"),
    ("create-user", "สร้างผู้ใช้"),
    ("reset-mfa", "ยกเลิกการยืนยันตัวสองชั้นของผู้ที่ทำโทรศัพท์หาย"),
    ("seed-demo", "สร้างข้อมูลสาธิต"),
    ("signers", "หน่วยงานที่ยังไม่มีผู้ลงนามหนังสือ"),
    ("rounds", "แสดงรอบรายงาน"),
    ("compile", "รวบรวมรอบรายงาน"),
    ("export", "ส่งออกกิจกรรมหรือรายงาน"),
    ("opendata", "ข้อมูลเปิด: รุ่นล่าสุด จัดทำใหม่ ตรวจไฟล์"),
    ("check", "คำนวณตัวเลขใหม่จากบันทึก แล้วรายงานข้อแตกต่าง"),
    ("backup", "ทำสำเนาฐานข้อมูลและไฟล์ขณะเว็บทำงาน"),
    ("restore", "คืนข้อมูลจากสำเนาลงในที่ว่าง"),
    ("verify-backup", "ตรวจสำเนา: จำนวนแถว ไฟล์ ลูกโซ่บันทึกการใช้งาน"),
    ("files-to-store", "ย้ายไฟล์จากดิสก์นี้เข้าที่เก็บไฟล์แบบ S3"),
    ("rotate-key", "เปลี่ยนกุญแจลับของงานหนึ่ง"),
    ("verify-audit", "ตรวจลูกโซ่บันทึกการใช้งาน"),
    ("audit-heads", "พิมพ์ค่าท้ายสายของบันทึกการใช้งาน ไว้เก็บนอกเครื่อง"),
    ("access-log", "อ่านบันทึกการเข้าถึงของเครื่องแม่ข่าย (ใคร จากที่ใด หน้าไหน เมื่อใด)"),
    ("verify-access-log", "ตรวจว่าบันทึกการเข้าถึงไม่ถูกแก้"),
)

COME_AGAIN = 75  # exit code: what the command needs is away or busy for now (EX_TEMPFAIL of sysexits.h)
DATABASE_AWAY = "ฐานข้อมูลไม่ตอบหรือไม่ว่าง คำสั่งจึงไม่เสร็จ ตรวจเครื่องฐานข้อมูลและ JITASA_DATABASE_URL แล้วสั่งอีกครั้ง"
STORE_AWAY = "ที่เก็บไฟล์ภายนอกไม่ตอบ คำสั่งจึงไม่เสร็จ ตรวจที่เก็บไฟล์และ JITASA_FILES_URL แล้วสั่งอีกครั้ง"
UNUSABLE = 78  # exit code: nothing is to be had before somebody has set it up (EX_CONFIG)
NO_TABLES = (
    "ฐานข้อมูลนี้ยังไม่มีตารางครบตามรุ่นของโปรแกรม สั่ง jitasa migrate แล้วสั่งอีกครั้ง (ติดตั้งใหม่: ต่อด้วย jitasa install)"
)


def main() -> None:
    """Run ``sys.argv`` as a management command; unusable settings end with one explaining line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    arguments = sys.argv[:]
    if len(arguments) == 1 or (arguments[1] in {"-h", "--help", "help"} and len(arguments) == 2):
        print_help()
        return
    if not arguments[1].startswith("-"):
        name = arguments[1].replace("-", "_")
        if name == "demo":  # its log-ins are for looking round; ``demo`` prints how to try it with one
            os.environ.setdefault("JITASA_MFA_REQUIRED", "0")
        arguments[1] = RENAMED.get(name, name)
    loads_much()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except Exception as error:
        if "--traceback" in arguments or not (told := absence(error)):
            raise
        words, code = told
        sys.stderr.write(f"{words}\n({str(error).strip().splitlines()[0]})\n")
        sys.exit(code)
    finally:
        stays()  # what ends now is not looked through once more, three times over


def absence(error: Exception) -> tuple[str, int] | None:
    """What the operator is told of a database or file store that does not answer or has no tables, and the exit code.

    ``None``: it is something else.
    """
    from jitasa.config.tables import lacks_tables
    from jitasa.problems import StoreAway
    from jitasa.ui.database import is_passing

    if isinstance(error, StoreAway):
        return STORE_AWAY, COME_AGAIN
    if is_passing(error):
        return DATABASE_AWAY, COME_AGAIN
    return (NO_TABLES, UNUSABLE) if lacks_tables(error) else None


def print_help() -> None:
    width = max(len(name) for name, _text in COMMANDS)
    lines = ["INFO จิตอาสา", "", "jitasa <คำสั่ง> --help บอกวิธีใช้ของคำสั่งนั้น", ""]
    lines += [f"  {name:<{width}}  {text}" for name, text in COMMANDS]
    sys.stdout.write("\n".join(lines) + "\n")
