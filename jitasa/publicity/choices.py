"""Closed lists that rules depend on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import ChannelKind as ChannelKind  # the one list, also of the record's form


class MaterialKind(models.TextChoices):
    POSTER = "poster", _("โปสเตอร์")
    VIDEO = "video", _("วิดีโอ")
    AUDIO = "audio", _("สปอตเสียง")
    SCRIPT = "script", _("ข้อความเสียงตามสาย")
    TEMPLATE = "template", _("แม่แบบ (ไม่มีตรา)")


class Licence(models.TextChoices):
    """What others may do with a material. The words are shown wherever it can be fetched."""

    OFFICIAL = "official", _("ใช้ในราชการ")
    CC_BY = "cc_by", _("CC BY 4.0 ใช้ได้ทุกคน ต้องอ้างที่มา")
    CC_BY_NC = "cc_by_nc", _("CC BY-NC 4.0 ไม่ใช้เพื่อการค้า ต้องอ้างที่มา")
    CC0 = "cc0", _("CC0 ใช้ได้โดยไม่มีเงื่อนไข")


# Whoever is not an office may use these; the others stay inside.
OPEN_LICENCES = frozenset({Licence.CC_BY, Licence.CC_BY_NC, Licence.CC0})


class FileKind(models.TextChoices):
    IMAGE = "image", _("ภาพ")
    VIDEO = "video", _("วิดีโอ")
    AUDIO = "audio", _("เสียง")
    DOCUMENT = "document", _("เอกสาร")


class FileState(models.TextChoices):
    PENDING = "pending", _("กำลังทำขนาดต่าง ๆ")
    READY = "ready", _("พร้อมใช้")
    BROKEN = "broken", _("เปิดไม่ได้")


class Variant(models.TextChoices):
    """The files one picture is made into; the others have ``original`` only."""

    THUMB = "thumb", _("ภาพย่อ")
    SQUARE = "square", _("จัตุรัส 1:1")
    WIDE = "wide", _("แนวนอน 16:9")
    TALL = "tall", _("แนวตั้ง 9:16")
    A4 = "a4", _("A4 สำหรับดูและพิมพ์")
    PRINT = "print", _("ละเอียดสูงสุดสำหรับพิมพ์")
    ORIGINAL = "original", _("ไฟล์ต้นฉบับ")


class CampaignStatus(models.TextChoices):
    DRAFT = "draft", _("ร่าง")
    SENT = "sent", _("ส่งแล้ว")
    STOPPED = "stopped", _("ยุติแล้ว")
