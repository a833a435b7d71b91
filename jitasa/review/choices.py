"""What the machine finds wrong with a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FlagKind(models.TextChoices):
    """What looks wrong to the machine; a person decides."""

    SAME_PHOTO = "same_photo", _("ภาพซ้ำกับกิจกรรมอื่น")
    PHOTO_DATE = "photo_date", _("วันที่ไม่ตรงกับภาพ")
    PHOTO_PLACE = "photo_place", _("สถานที่ไม่ตรงกับภาพ")
    OUTSIDE_AREA = "outside_area", _("อยู่นอกพื้นที่ของหน่วยงาน")
    HEAD_COUNT = "head_count", _("จำนวนคนต่างจากปกติมาก")
    SAME_EVENT = "same_event", _("อาจเป็นกิจกรรมเดียวกับของหน่วยงานอื่น")
