"""What a token may be used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One verb over one kind of thing. Registry, lists, rounds and important days are read with any token."""

    ACTIVITIES_READ = "activities:read", _("อ่านกิจกรรมของสำนักงาน")
    ACTIVITIES_WRITE = "activities:write", _("บันทึก ส่ง และถอนกิจกรรม")
    PHOTOS_WRITE = "photos:write", _("ส่งภาพ")
    RETURNS_READ = "returns:read", _("อ่านสถานะรายงานประจำเดือน")
    RETURNS_WRITE = "returns:write", _("ยืนยันรายงานประจำเดือนและแจ้งไม่มีกิจกรรม")
    SUMMARIES_READ = "summaries:read", _("อ่านยอดรวม")
    LETTERS_READ = "letters:read", _("อ่านหนังสือรับ")
    LETTERS_WRITE = "letters:write", _("ลงรับและตอบหนังสือ")


WRITING = frozenset({Scope.ACTIVITIES_WRITE, Scope.PHOTOS_WRITE, Scope.RETURNS_WRITE, Scope.LETTERS_WRITE})
