"""Closed lists of the month's files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """The files of a compilation that the worker makes, in the order in which a page shows them."""

    REPORT = "report", _("รายงาน (PDF)")
    TABLES = "tables", _("ตารางทุกตาราง (Excel)")
    RECORDS_XLSX = "records-xlsx", _("กิจกรรมทุกรายการ (Excel)")
    RECORDS_CSV = "records-csv", _("กิจกรรมทุกรายการ (CSV)")
    RECORDS_JSON = "records-json", _("กิจกรรมทุกรายการ (JSON)")
    PICTURES = "pictures", _("ภาพทุกภาพพร้อมรายการ (ZIP)")
    LAOS = "laos", _("ราย อปท. ของจังหวัด (PDF)")


class FileState(models.TextChoices):
    WAITING = "waiting", _("รอคิว")
    MAKING = "making", _("กำลังจัดทำ")
    READY = "ready", _("พร้อมดาวน์โหลด")
    FAILED = "failed", _("จัดทำไม่สำเร็จ")


WORKING = (FileState.WAITING, FileState.MAKING)


class FileProblem(models.TextChoices):
    """Why a file was not made, and what to do."""

    FULL = "full", _("ที่เก็บไฟล์ของระบบเต็ม แจ้งผู้ดูแลระบบ แล้วกดจัดทำอีกครั้ง")
    FACE = "face", _("ระบบยังไม่มีแบบอักษรไทย แจ้งผู้ดูแลระบบ แล้วกดจัดทำอีกครั้ง")
    KILLED = "killed", _("ระบบเริ่มจัดทำหลายครั้งแต่ไม่จบ แจ้งผู้ดูแลระบบ แล้วกดจัดทำอีกครั้ง")
    OTHER = "other", _("กดจัดทำอีกครั้ง ถ้ายังไม่ได้ แจ้งผู้ดูแลระบบ")
