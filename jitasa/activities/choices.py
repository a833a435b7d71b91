"""Closed lists that the rules of a record depend on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """draft → (awaiting approval) → submitted → accepted, or returned → submitted …; withdrawn ends it."""

    DRAFT = "draft", _("ร่าง")
    AWAITING = "awaiting", _("รออนุมัติ")
    SUBMITTED = "submitted", _("ส่งแล้ว รอตรวจ")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    ACCEPTED = "accepted", _("รับแล้ว")
    WITHDRAWN = "withdrawn", _("ถอนแล้ว")


LIVE = (Status.SUBMITTED, Status.ACCEPTED)  # counted as reported
EDITABLE = (Status.DRAFT, Status.AWAITING, Status.RETURNED)
TONES = {
    Status.DRAFT: "idle",
    Status.AWAITING: "warn",
    Status.SUBMITTED: "info",
    Status.RETURNED: "bad",
    Status.ACCEPTED: "ok",
    Status.WITHDRAWN: "idle",
}


class Part(models.TextChoices):
    """The part the office played in the event."""

    HOST = "host", _("จัดเอง")
    CO_HOST = "co_host", _("ร่วมจัด")
    GUEST = "guest", _("ไปเข้าร่วม")


class Basis(models.TextChoices):
    """Why on that day."""

    OCCASION = "occasion", _("วันสำคัญ")
    CENTRE = "centre", _("ตามที่ ศอ.จอส.จังหวัดกำหนด")
    NONE = "none", _("ไม่เกี่ยวกับวันสำคัญ")


class BudgetSource(models.TextChoices):
    NONE = "none", _("ไม่ใช้งบประมาณ")
    ORDINANCE = "ordinance", _("ข้อบัญญัติ/เทศบัญญัติ")
    DONATED = "donated", _("ได้รับบริจาค/สนับสนุน")


class PointSource(models.TextChoices):
    PHOTO = "photo", _("จากภาพ")
    PHONE = "phone", _("จากโทรศัพท์")
    MAP = "map", _("ปักบนแผนที่")


class PublicityChannel(models.TextChoices):
    WEBSITE = "website", _("เว็บไซต์")
    FACEBOOK = "facebook", _("Facebook")
    LINE = "line", _("LINE")
    LOUDSPEAKER = "loudspeaker", _("เสียงตามสาย")
    RADIO = "radio", _("วิทยุชุมชน")
    BANNER = "banner", _("ป้ายประชาสัมพันธ์")
    PRESS = "press", _("สื่อมวลชน")
