"""Short messages to an office: something came back, something is due, somebody asks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.models import Organization


class NoticeKind(models.TextChoices):
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    ACCEPTED = "accepted", _("รับรายงานแล้ว")
    SUBMITTED = "submitted", _("ส่งเข้ามา")
    REMINDER = "reminder", _("เตือน")
    COMPILED = "compiled", _("รวบรวมแล้ว")
    APPROVAL = "approval", _("รออนุมัติ")
    COMMENT = "comment", _("ความเห็น")
    MATERIAL = "material", _("สื่อใหม่")
    INVITATION = "invitation", _("คำเชิญร่วมงาน")
    ANSWER = "answer", _("คำตอบของคำเชิญ")
    FILE = "file", _("ไฟล์พร้อม")


class Notice(models.Model):
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    title = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    sender = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-created_at"], name="notice_by_office"),
        ]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    """That a person has seen a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once"),
        ]
