"""What an office's other programs may be told of, and what became of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    SUBMITTED = "activity.submitted", _("ส่งกิจกรรมแล้ว")
    ACCEPTED = "activity.accepted", _("รับรายงานกิจกรรมแล้ว")
    RETURNED = "activity.returned", _("กิจกรรมถูกส่งกลับแก้ไข")
    LETTER = "letter.received", _("มีหนังสือรับ")


TEST = "test"  # asked for on the screen


class State(models.TextChoices):
    WAITING = "waiting", _("รอส่ง")
    SENT = "sent", _("ถึงแล้ว")
    DROPPED = "dropped", _("เลิกส่ง")
