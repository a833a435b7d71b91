"""Letting the files of old versions go: by the rule, or because a version should not be had any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from jitasa.audit.services.record import record
from jitasa.opendata import store
from jitasa.opendata.models import RefreshState, Version
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Conflict, Refusal
from jitasa.thai.dates import month_of, today

NEWEST = 30  # versions of a dataset that are always kept
GRACE = timedelta(days=2)  # a piece younger than this may be about to become part of a version
BY_RULE = "เก็บรุ่นล่าสุด 30 รุ่น และรุ่นสุดท้ายของแต่ละเดือน"


def retire_old(*, dataset: str, now: datetime) -> int:
    """Keep the newest versions and the last one of each month; returns how many others let their files go."""
    kept = Version.objects.kept().filter(dataset=dataset).order_by("-number")
    versions = list(kept.only("pk", "number", "made_at"))
    last_of_month = {month_of(today(each.made_at)): each.pk for each in reversed(versions)}
    old = [each.pk for each in versions[NEWEST:] if each.pk not in last_of_month.values()]
    Version.objects.filter(pk__in=old).update(removed_at=now, removed_reason=BY_RULE)
    sweep(now=now)
    return len(old)


def withdraw(*, dataset: str, number: int, reason: str, now: datetime) -> Version:
    """Take the files of one version away for good, with the reason that is shown in their place.

    For data that should never have been published; correct the record first and make a new version.

    :raises Refusal: no such version, or no reason.
    :raises Conflict: it is gone already, or it is the newest one.
    """
    if not reason.strip():
        raise Refusal("ระบุเหตุผลที่ถอนรุ่นนี้ ผู้ที่เคยใช้จะเห็นเหตุผลนี้")
    with transaction.atomic():
        version = (
            Version.objects.select_for_update(no_key=True).filter(dataset=dataset, number=number).first()
        )
        if version is None:
            raise Refusal(f"ไม่มีชุดข้อมูล {dataset} รุ่นที่ {number}")
        if version.removed_at is not None:
            raise Conflict("รุ่นนี้ไม่มีไฟล์ให้แล้ว")
        if not Version.objects.filter(dataset=dataset, number__gt=number).exists():
            raise Conflict("รุ่นนี้เป็นรุ่นล่าสุด แก้ข้อมูลแล้วสั่ง jitasa opendata --now ก่อนถอน")
        version.removed_at, version.removed_reason = now, reason.strip()
        version.save(update_fields=["removed_at", "removed_reason"])
        data = {"number": number, "reason": version.removed_reason}
        record(actor=SYSTEM, verb="opendata.withdraw", subject=version, data=data, now=now)
    store.remove(_pieces([version.pieces]) - _wanted())
    return version


def sweep(*, now: datetime) -> int:
    """Delete pieces that no kept version and no look needs; returns how many.

    What was written in the last hours stays: a run that is at work names its pieces only at its end.
    """
    return store.remove_others(_wanted(), before=now - GRACE)


def _wanted() -> set[str]:
    lists = [
        *Version.objects.kept().values_list("pieces", flat=True),
        *RefreshState.objects.values_list("pieces", flat=True),
    ]
    return _pieces(lists)


def _pieces(lists: Iterable[Any]) -> set[str]:
    return {file["sha256"] for pieces in lists for piece in pieces for file in piece["files"].values()}
