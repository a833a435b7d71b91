"""Reads of the register of requests about pictures."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from jitasa.activities.models import ActivityPhoto
from jitasa.activities.selectors.public import cleared_photos
from jitasa.documents.xlsx import CellKind, SheetColumn
from jitasa.organizations.viewer import Viewer
from jitasa.photos.selectors import similar
from jitasa.portal.models import State, TakedownQuerySet, TakedownRequest

COLUMNS = [
    SheetColumn("เลขทะเบียน", CellKind.TEXT, 12),
    SheetColumn("หน่วยงาน", CellKind.TEXT),
    SheetColumn("วันที่รับ", CellKind.DATETIME),
    SheetColumn("กิจกรรม", CellKind.LONG),
    SheetColumn("เลขรับกิจกรรม", CellKind.TEXT, 20),
    SheetColumn("สิ่งที่ขอ", CellKind.TEXT),
    SheetColumn("เหตุผล", CellKind.TEXT),
    SheetColumn("ผล", CellKind.TEXT, 20),
    SheetColumn("คำตอบ", CellKind.LONG),
    SheetColumn("ผู้ตอบ", CellKind.TEXT),
    SheetColumn("วันที่ตอบ", CellKind.DATETIME),
    SheetColumn("ใช้เวลา (วัน)", CellKind.DECIMAL),
]


def requests_for(viewer: Viewer, *, year: int | None = None, waiting: bool = False) -> TakedownQuerySet:
    """Requests in the viewer's scope, those that wait first and the oldest of them on top."""
    rows = TakedownRequest.objects.visible_to(viewer)
    if year is not None:
        rows = rows.filter(year=year)
    if waiting:
        return rows.filter(state=State.RECEIVED).order_by("received_at", "pk")
    return rows.order_by("-received_at", "-pk")


def waiting_count(viewer: Viewer) -> int:
    """How many requests in the viewer's scope wait for an answer."""
    return requests_for(viewer, waiting=True).count()


def years_of(viewer: Viewer, this: int) -> list[int]:
    """B.E. years with requests, newest first, this year always among them."""
    found = TakedownRequest.objects.visible_to(viewer).order_by().values_list("year", flat=True).distinct()
    return sorted({this, *found}, reverse=True)


def register_lines(rows: QuerySet[TakedownRequest]) -> Iterator[list[Any]]:
    """One line a request, without what the asker wrote: the register is kept, personal data is not."""
    wanted: Iterable[TakedownRequest] = rows.select_related(
        "organization", "activity", "answered_for"
    ).iterator(chunk_size=1000)
    for row in wanted:
        taken = (row.answered_at - row.received_at).total_seconds() / 86400 if row.answered_at else None
        yield [
            row.register_number,
            str(row.organization),
            row.received_at,
            str(row.activity),
            row.activity.number,
            row.get_wish_display(),
            row.get_reason_display(),
            row.get_state_display(),
            row.answer,
            str(row.answered_for or ""),
            row.answered_at,
            round(taken, 1) if taken is not None else None,
        ]


def look_alikes(request: TakedownRequest, most: int = 12) -> list[ActivityPhoto]:
    """Other public pictures that look the same, for the officer to see to as well.

    The very same bytes in another record need no care: they are taken down and blurred together.
    """
    near = similar(request.photo, max_distance=6)
    uses = cleared_photos().filter(photo__in=near).select_related("photo", "activity__organization")
    return list(uses[:most])
