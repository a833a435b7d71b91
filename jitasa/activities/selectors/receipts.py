"""Receipts: the code a paper carries, and what became of the record since."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import LIVE, Status
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.receipt_code import belongs, code_of, read_code


class Standing(models.TextChoices):
    """What the paper is worth now."""

    VALID = "valid", _("ถูกต้อง ตรงกับข้อมูลในระบบขณะนี้")
    CHANGED = "changed", _("แก้ไขแล้วหลังจากออกเอกสารนี้")
    CORRECTING = "correcting", _("อยู่ระหว่างแก้ไข")
    WITHDRAWN = "withdrawn", _("ถอนแล้ว")


@dataclass(frozen=True)
class CheckedReceipt:
    """``hash`` and ``as_of`` are those of the revision on the paper; ``since`` is when that ended."""

    standing: Standing
    activity: Activity
    hash: str
    as_of: datetime
    since: datetime | None


def receipt_code(activity: Activity) -> str:
    """The code of a record as it stands; empty without a number. One query."""
    if not activity.number:
        return ""
    return code_of(activity.number, _revisions(activity).values_list("hash", flat=True)[0])


def receipt_url(code: str) -> str:
    """The full address behind the QR code."""
    return f"{settings.SITE_URL}{reverse('receipt', args=[code])}" if code else ""


def check_receipt(text: str) -> CheckedReceipt | None:
    """What a code is worth; ``None``: no paper of this system carries it. Two queries, for anybody."""
    read = read_code(text)
    if read is None or not read[1]:
        return None
    number, letters = read
    activity = Activity.objects.select_related("organization").filter(number=number).first()
    if activity is None:
        return None
    revisions = list(_revisions(activity).only("hash", "at", "number", "activity_id"))
    shown = [row for row in revisions if belongs(letters, number=number, content_hash=row.hash)]
    if not shown:
        return None
    return CheckedReceipt(
        standing=_standing(activity, is_latest=shown[0] is revisions[0]),
        activity=activity,
        hash=shown[0].hash,
        as_of=shown[-1].at,
        since=_ended(activity, revisions, shown[0]),
    )


def _revisions(activity: Activity) -> "models.QuerySet[ActivityRevision]":
    """Newest first."""
    return activity.revisions.order_by("-number")


def _standing(activity: Activity, *, is_latest: bool) -> Standing:
    if activity.status == Status.WITHDRAWN:
        return Standing.WITHDRAWN
    if activity.status not in LIVE:
        return Standing.CORRECTING
    return Standing.VALID if is_latest else Standing.CHANGED


def _ended(activity: Activity, revisions: list[ActivityRevision], shown: ActivityRevision) -> datetime | None:
    """When the content of the paper was replaced, or the record withdrawn."""
    later = [row.at for row in revisions if row.number > shown.number]
    if later:
        return later[-1]
    return activity.updated_at if activity.status not in LIVE else None
