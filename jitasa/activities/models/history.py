"""What happened to a record: every revision, every step, the look it waits for, and its numbers."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jitasa.activities.choices import Status
from jitasa.activities.models.activity import Activity
from jitasa.organizations.models import Organization


class ActivityRevision(models.Model):
    """The whole record as it stood after a change, labels included (``services.revise.snapshot``)."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    status = models.CharField(max_length=10, choices=Status)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    hash = models.CharField(max_length=64)
    line = models.TextField(null=True, editable=False)  # noqa: DJ001 (none is kept of a draft: activities.report_line)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "number"], name="activity_revision_once"),
        ]


class Act(models.TextChoices):
    """The steps a record takes."""

    CREATED = "created", _("เริ่มบันทึก")
    ASKED = "asked", _("เสนออนุมัติ")
    SUBMITTED = "submitted", _("ส่ง")
    ACCEPTED = "accepted", _("รับ")
    UNACCEPTED = "unaccepted", _("ยกเลิกการรับ")
    RETURNED = "returned", pgettext_lazy("state", "ส่งกลับ")
    REOPENED = "reopened", _("ขอแก้ไข")
    WITHDRAWN = "withdrawn", _("ถอน")


class Step(models.Model):
    """One step, by whom, with the reason and the fields it concerns."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    fields = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]  # as they happened; clocks of two servers may differ


class FlagDue(models.Model):
    """A record that is to be looked at (again) for what is wrong, once its pictures are prepared.

    Written by ``services.write`` in the transaction of whoever sends or withdraws it; worked off by the
    app that looks (``review.services.flag``), which writes it, too, for the other records concerned.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(db_index=True)


class ReceiptCounter(models.Model):
    """The last receipt number given per province and month; its row is the lock."""

    province_code = models.CharField(max_length=2)
    month = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["province_code", "month"], name="receipt_counter_once"),
        ]
