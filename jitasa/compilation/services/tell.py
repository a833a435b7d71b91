"""Notices about the month: that it was compiled."""

from datetime import datetime

from django.urls import reverse

from jitasa.compilation.models import Compilation
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import deliver, written
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import month_name, month_slug


def compiled(*, actor: Viewer, compilation: Compilation, now: datetime) -> None:
    """Tell the offices directly below that their month stands in a compilation, and what to do late."""
    month, office = compilation.month, compilation.organization
    again = compilation.number > 1
    title = f"{office} รวบรวมรายงานเดือน{month_name(month)} ฉบับที่ {compilation.number} แล้ว"
    body = "รายการที่ส่งหรือแก้ไขหลังจากนี้จะแสดงเป็นส่วนแก้ไขในฉบับถัดไป" + (
        " ฉบับนี้มีรายการเปลี่ยนแปลงจากฉบับก่อน" if again else ""
    )
    url = reverse("compilation:board_month", args=[month_slug(month)])
    sender = actor.organization or office
    deliver(
        written(
            organization=below,
            kind=NoticeKind.COMPILED,
            title=title,
            body=body,
            url=url,
            sender=sender,
            now=now,
        )
        for below in Organization.objects.open().filter(reports_to=office).order_by("code")
    )
