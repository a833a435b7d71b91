"""Notices about the month: that it was compiled, that a file of it is ready."""

from datetime import datetime

from django.urls import reverse

from jitasa.compilation.models import Compilation, CompilationFile
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


def file_ready(*, file: CompilationFile, now: datetime) -> None:
    """Tell the offices that asked for a file that it is there; each is told once."""
    offices = list(file.told.order_by("pk"))
    file.told.clear()
    compilation = file.compilation
    title = f"{file.get_kind_display()} เดือน{month_name(compilation.month)} ฉบับที่ {compilation.number} พร้อมดาวน์โหลดแล้ว"
    url = reverse("compilation:detail", args=[compilation.pk]) + "#files"
    deliver(
        written(organization=office, kind=NoticeKind.FILE, title=title, body=str(compilation.organization), url=url, now=now)
        for office in offices
    )  # fmt: skip
