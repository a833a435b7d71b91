"""Sheets that the worker takes, and their rows as they would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jitasa.organizations.viewer import Viewer
from jitasa.sheets.choices import Fate
from jitasa.sheets.models import ImportRow, SheetImport
from jitasa.sheets.rows import TypedRow
from jitasa.sheets.services.import_rows import RowFate

SHOWN_MOST = 5  # sheets on the start page


@dataclass(frozen=True)
class Counts:
    """Rows by what would become of them; ``…_already``: of those imported."""

    sent: int
    kept: int
    same: int
    wrong: int
    sent_already: int
    kept_already: int
    asks_days: int
    asks_apart: int

    @property
    def good(self) -> int:
        return self.sent + self.kept


def visible_imports(viewer: Viewer) -> QuerySet[SheetImport]:
    """Those of the viewer's own office."""
    return SheetImport.objects.filter(organization=viewer.office_id)


def imports_of(viewer: Viewer) -> list[SheetImport]:
    """The newest."""
    return list(visible_imports(viewer).order_by("-id")[:SHOWN_MOST])


def counts_of(row: SheetImport) -> Counts:
    """One statement."""
    left = Q(taken=False)
    return Counts(
        **row.rows.aggregate(
            sent=Count("pk", filter=left & Q(fate=Fate.SENT)),
            kept=Count("pk", filter=left & Q(fate=Fate.KEPT)),
            same=Count("pk", filter=Q(fate=Fate.SAME)),
            wrong=Count("pk", filter=Q(fate=Fate.WRONG)),
            sent_already=Count("pk", filter=Q(taken=True, fate=Fate.SENT)),
            kept_already=Count("pk", filter=Q(taken=True, fate=Fate.KEPT)),
            asks_days=Count("pk", filter=left & Q(asks_day=True)),
            asks_apart=Count("pk", filter=left & Q(twins=True)),
        )
    )


def rows_of(row: SheetImport, fate: str) -> QuerySet[ImportRow]:
    """In the order of the sheet; of one fate if it is named."""
    rows = row.rows.order_by("line")
    return rows.filter(fate=fate) if fate else rows


def fates_of(rows: Iterable[ImportRow]) -> list[RowFate]:
    """As the worker found them."""
    return [
        RowFate(
            typed=TypedRow(each.as_read(), each.uuid or UUID(int=0)),
            fate=Fate(each.fate),
            number=each.number,
            message=each.message,
            errors=each.errors,
            asks_day=each.asks_day,
            twins=each.twins,
            taken=each.taken,
        )
        for each in rows
        if each.fate
    ]
