"""What becomes of a row, and how far an import in the background is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Fate(TextChoices):
    """What becomes of a row."""

    SENT = "sent", _("ส่ง")
    KEPT = "kept", _("ร่าง")  # as a draft: something is missing, or that was asked for
    SAME = "same", _("เหมือนเดิม")  # nothing differs from what is stored
    WRONG = "wrong", _("ต้องแก้")  # not taken


class CellState(TextChoices):
    """What a cell with something to do is."""

    WRONG = "wrong", _("ต้องแก้")
    LACKS = "lacks", _("ยังขาด")
    ASKED = "asked", _("ถามกลับ")  # read, and to be said yes to


class Stage(TextChoices):
    """Of an import in the background. The worker moves the first and the third on; a person the others."""

    CHECKING = "checking", _("กำลังตรวจ")
    READY = "ready", _("ตรวจแล้ว ยังไม่นำเข้า")
    IMPORTING = "importing", _("กำลังนำเข้า")
    DONE = "done", _("นำเข้าแล้ว")
    STOPPED = "stopped", _("หยุด")


GOOD = (Fate.SENT, Fate.KEPT)
WORKING = (Stage.CHECKING, Stage.IMPORTING)
