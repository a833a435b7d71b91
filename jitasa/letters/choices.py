"""Closed lists of official letters (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 and amendments)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterStatus(models.TextChoices):
    """draft → (awaiting signature) → issued; an issued letter never changes, it may be recalled."""

    DRAFT = "draft", _("ร่าง")
    AWAITING = "awaiting", _("รอลงนาม")
    ISSUED = "issued", _("ออกเลขแล้ว")
    RECALLED = "recalled", _("เรียกคืน")


class Origin(models.TextChoices):
    OWN = "own", _("ออกในระบบ")
    OUTSIDE = "outside", _("รับจากภายนอก")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("ปกติ")
    URGENT = "urgent", _("ด่วน")
    VERY_URGENT = "very_urgent", _("ด่วนมาก")
    MOST_URGENT = "most_urgent", _("ด่วนที่สุด")


class Secrecy(models.TextChoices):
    """Only unclassified letters may enter; the others are named so that the refusal can be exact."""

    NONE = "none", _("ไม่มีชั้นความลับ")
    CONFIDENTIAL = "confidential", _("ลับ")
    SECRET = "secret", _("ลับมาก")
    TOP_SECRET = "top_secret", _("ลับที่สุด")


class Capacity(models.TextChoices):
    """In what capacity the signer signs."""

    OWN = "own", _("ในตำแหน่งของตน")
    ON_BEHALF = "on_behalf", _("ปฏิบัติราชการแทน")
    ACTING = "acting", _("รักษาราชการแทน")
    FOR = "for", _("ลงนามแทน")


class Retention(models.TextChoices):
    ONE_YEAR = "one_year", _("1 ปี (เรื่องธรรมดาที่เสร็จแล้ว)")
    TEN_YEARS = "ten_years", _("10 ปี")
    FOREVER = "forever", _("ตลอดไป (เอกสารประวัติศาสตร์)")


class AnswerKind(models.TextChoices):
    """What a letter asks for by a day."""

    NONE = "none", _("เพื่อทราบและถือปฏิบัติ")
    ACKNOWLEDGE = "acknowledge", _("ตอบรับทราบ")
    ACTIVITY = "activity", _("บันทึกกิจกรรมตามวันสำคัญ")
    FILE = "file", _("ส่งไฟล์")
    TABLE = "table", _("กรอกตาราง")


class RegisterKind(models.TextChoices):
    DISPATCH = "dispatch", _("ทะเบียนหนังสือส่ง")
    RECEIPT = "receipt", _("ทะเบียนหนังสือรับ")
