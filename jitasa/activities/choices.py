"""Closed lists that the rules of a record depend on."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """draft → (awaiting approval) → submitted → accepted, or returned → submitted …; withdrawn ends it."""

    DRAFT = "draft", _("ร่าง")
    AWAITING = "awaiting", _("รออนุมัติ")
    SUBMITTED = "submitted", _("ส่งแล้ว รอตรวจ")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    ACCEPTED = "accepted", _("รับรายงานแล้ว")
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


class Invited(models.TextChoices):
    """Where an invitation to a joint event stands."""

    OPEN = "open", _("รอตอบ")
    ACCEPTED = "accepted", _("ตอบรับแล้ว")
    DECLINED = "declined", _("ไม่เข้าร่วม")
    CANCELLED = "cancelled", _("ยกเลิกคำเชิญแล้ว")


INVITED_TONES = {
    Invited.OPEN: "warn",
    Invited.ACCEPTED: "ok",
    Invited.DECLINED: "idle",
    Invited.CANCELLED: "idle",
}


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


class ChannelKind(models.TextChoices):
    """Where an office publishes (docs/domain.md §6): the one list of the record's form and of the publicity register."""

    WEBSITE = "website", _("เว็บไซต์")
    FACEBOOK = "facebook", _("เฟซบุ๊ก")
    LINE = "line", _("ไลน์")
    YOUTUBE = "youtube", _("ยูทูบ")
    TIKTOK = "tiktok", _("ติ๊กต็อก")
    LOUDSPEAKER = "loudspeaker", _("เสียงตามสาย/หอกระจายข่าว")
    RADIO = "radio", _("วิทยุชุมชน")
    LED = "led", _("ป้าย LED")
    BOARD = "board", _("ป้าย/บอร์ดประชาสัมพันธ์")
    PRESS = "press", _("สื่อมวลชน/หนังสือพิมพ์ท้องถิ่น")


# Codes and words that records, sheets and programs bore before the two lists became one.
FORMER_CHANNELS = {"banner": ChannelKind.BOARD}
FORMER_CHANNEL_WORDS = {
    "Facebook": ChannelKind.FACEBOOK,
    "LINE": ChannelKind.LINE,
    "เสียงตามสาย": ChannelKind.LOUDSPEAKER,
    "ป้ายประชาสัมพันธ์": ChannelKind.BOARD,
    "สื่อมวลชน": ChannelKind.PRESS,
    "หนังสือพิมพ์ท้องถิ่น": ChannelKind.PRESS,
}


def channels_of(codes: Iterable[str]) -> tuple[ChannelKind, ...]:
    """Channels by their codes, former ones too, each once and in the order of the list; unknown codes are left out."""
    named = {FORMER_CHANNELS.get(code, code) for code in codes}
    return tuple(kind for kind in ChannelKind if kind in named)
