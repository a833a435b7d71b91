"""What offices stated, and what was compiled, against the records."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from jitasa.activities.choices import LIVE
from jitasa.activities.models import Activity
from jitasa.checking import Difference
from jitasa.compilation.models import Compilation
from jitasa.compilation.services.compare import records_of
from jitasa.compilation.services.digest import content_hash
from jitasa.rounds.models import MonthlyReturn
from jitasa.thai.dates import month_slug


def differences() -> Iterator[Difference]:
    """Nil statements beside live records, confirmations of nothing, compilations that were touched."""
    live = Activity.objects.filter(
        organization=OuterRef("organization"), month=OuterRef("month"), status__in=LIVE
    )
    nil = MonthlyReturn.objects.filter(Exists(live), nil_at__isnull=False)
    for row in nil.select_related("organization"):
        yield _of_return(row, "return.nil", "แจ้งว่าไม่มีกิจกรรม", "มีรายการที่ส่งแล้ว")
    empty = MonthlyReturn.objects.filter(~Exists(live), confirmed_at__isnull=False, changed_at=None)
    for row in empty.select_related("organization"):
        yield _of_return(row, "return.changed", "ยืนยันแล้ว ไม่มีการเปลี่ยนแปลง", "ไม่มีรายการที่ส่งแล้ว")
    yield from _compilations()


def _of_return(row: MonthlyReturn, what: str, stored: str, counted: str) -> Difference:
    where = f"{row.organization} {month_slug(row.month)}"
    return Difference(what, where, stored, counted, (row.pk,))


def _compilations() -> Iterator[Difference]:
    rows = Compilation.objects.select_related("organization").order_by("pk")
    for row in rows.iterator(chunk_size=20):
        counted = content_hash(row.tables, records_of(row))
        if counted != row.content_hash:
            where = f"{row.organization} {row}"
            yield Difference(
                "compilation.hash", where, row.content_hash, counted, (row.pk,), repairable=False
            )
