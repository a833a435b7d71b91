"""Closed lists of official letters (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 and amendments)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterStatus(models.TextChoices):
    """draft → (awaiting signature) → issued; an issued letter never changes, it may be recalled."""

    DRAFT = "draft", _("ร่าง")
    AWAITING = "awaiting", _("รอลงนาม")
    ISSUED = "issued", _("ออกเลขแล้ว")
    RECALLED = "recalled", _("เรียกคืน")


class LetterKind(models.TextChoices):
    """The kinds of papers that the rules give a form of their own (ข้อ 10 to 14, 16, 18, 24)."""

    EXTERNAL = "external", _("หนังสือภายนอก")
    MEMO = "memo", _("หนังสือภายใน (บันทึกข้อความ)")
    STAMPED = "stamped", _("หนังสือประทับตรา")
    ORDER = "order", _("คำสั่ง")
    ANNOUNCEMENT = "announcement", _("ประกาศ")
    CERTIFICATE = "certificate", _("หนังสือรับรอง")


# Papers with nobody to be addressed: made known, or handed to whom they are about.
TO_NOBODY = (LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.CERTIFICATE)


class Origin(models.TextChoices):
    OWN = "own", _("ออกในระบบ")
    OUTSIDE = "outside", _("รับจากนอกระบบ")


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
    """In what capacity the signer signs (กฎหมายระเบียบบริหารราชการแผ่นดิน and the acts of local governments).

    ลงนามแทน is none of them: letters signed so before keep it in the words frozen with them.
    """

    OWN = "own", _("ในตำแหน่งของตน")
    ON_BEHALF = "on_behalf", _("ปฏิบัติราชการแทน")
    ACTING = "acting", _("รักษาราชการแทน")
    ACTING_POST = "acting_post", _("รักษาการในตำแหน่ง")
    INSTEAD = "instead", _("ทำการแทน")
    DUTY = "duty", _("ปฏิบัติหน้าที่")


# Printed on letters issued before the capacity was taken off the list.
FORMER_CAPACITIES = {"for": "ลงนามแทน"}


class OutsideWay(models.TextChoices):
    """How a letter goes to somebody who is not in the registry."""

    PAPER = "paper", _("ส่งเป็นกระดาษ")
    MAIL = "mail", _("ส่งทางอีเมล")


class Retention(models.TextChoices):
    ONE_YEAR = "one_year", _("1 ปี (เรื่องธรรมดาที่เสร็จแล้ว)")
    TEN_YEARS = "ten_years", _("10 ปี")
    FOREVER = "forever", _("ตลอดไป (เอกสารประวัติศาสตร์)")


class AnswerKind(models.TextChoices):
    """What a letter asks for by a day."""

    NONE = "none", _("ไม่ต้องตอบ")
    ACKNOWLEDGE = "acknowledge", _("ตอบรับทราบ")
    ACTIVITY = "activity", _("บันทึกกิจกรรมตามวันสำคัญ")
    FILE = "file", _("ส่งไฟล์")
    TABLE = "table", _("กรอกตาราง")


class RegisterKind(models.TextChoices):
    DISPATCH = "dispatch", _("ทะเบียนหนังสือส่ง")
    RECEIPT = "receipt", _("ทะเบียนหนังสือรับ")
    CIRCULAR = "circular", _("ทะเบียนหนังสือเวียน")
    ORDER = "order", _("ทะเบียนคำสั่ง")
    ANNOUNCEMENT = "announce", _("ทะเบียนประกาศ")
    CERTIFICATE = "cert", _("ทะเบียนหนังสือรับรอง")
