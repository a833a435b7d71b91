"""The worker's part of a large sheet: one batch a transaction, begun anew where a killed worker left it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from jitasa.activities.selectors.choices import offer_for
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.sheets.choices import GOOD, WORKING, Stage
from jitasa.sheets.models import ImportRow, SheetImport
from jitasa.sheets.services.import_rows import RowFate, check_rows, import_rows
from jitasa.sheets.services.large_import import asked_of

SILENT = timedelta(minutes=2)  # nobody has moved it for so long: its job is lost
OUTCOME = ("fate", "taken", "uuid", "number", "message", "errors", "asks_day", "twins")


@transaction.atomic
def step(import_id: int, *, now: datetime) -> bool:
    """Check or import the next batch; whether anything is left to be done.

    The sheet's row is held until the records and what became of their rows are written together: a second worker
    waits for it and then finds the next batch; of a killed one nothing stays, and the batch is done anew.
    """
    held = SheetImport.objects.select_for_update(of=("self",), no_key=True).select_related("made_by")
    row = held.filter(pk=import_id, stage__in=WORKING).first()
    if row is None:
        return False
    lines = _next_batch(row)
    if not lines:
        _end(row, Stage.READY if row.stage == Stage.CHECKING else Stage.DONE, now)
        return False
    with override(row.language):
        try:
            fates = _done(row, lines, now)
        except Refusal as refusal:  # the person may not any more
            _end(row, Stage.STOPPED, now, why=refusal.message)
            return False
    _keep(lines, fates, taken=row.stage == Stage.IMPORTING)
    row.done_count = min(row.to_do, row.done_count + len(lines))
    row.moved_at = now
    row.save(update_fields=["done_count", "moved_at"])
    return True


def ask_again(*, now: datetime) -> int:
    """Ask the worker anew for sheets whose job was lost; called by its upkeep."""
    from jitasa.sheets.tasks import go_on as task

    silent = SheetImport.objects.filter(stage__in=WORKING, moved_at__lt=now - SILENT)
    lost = set(silent.values_list("pk", flat=True))
    if lost:
        jobs = DBTaskResult.objects.filter(task_path=task.module_path, status__in=["READY", "RUNNING"])
        lost -= {(row["args"] or [None])[0] for row in jobs.values_list("args_kwargs", flat=True).iterator()}
    for pk in sorted(lost):
        task.enqueue(pk)
    return len(lost)


def _next_batch(row: SheetImport) -> list[ImportRow]:
    waiting = row.rows.filter(taken=False)
    waiting = waiting.filter(fate="") if row.stage == Stage.CHECKING else waiting.filter(fate__in=GOOD)
    first = waiting.order_by("batch").values_list("batch", flat=True).first()
    return list(waiting.filter(batch=first).order_by("line")) if first is not None else []


def _done(row: SheetImport, lines: Sequence[ImportRow], now: datetime) -> list[RowFate]:
    act = check_rows if row.stage == Stage.CHECKING else import_rows
    return act(
        actor=_actor(row, now),
        rows=[each.as_read() for each in lines],
        photos=row.photos,
        offer=offer_for(None),
        asked=asked_of(row),
        now=now,
    )


def _actor(row: SheetImport, now: datetime) -> Viewer:
    """Who sent the sheet, with the rights of this moment."""
    actor = viewer_for(row.made_by, now, organization_id=row.organization_id, address=row.address)
    if actor.office_id != row.organization_id or not row.made_by.is_active:
        raise Refusal(_("ผู้ที่ส่งตารางนี้ไม่ได้อยู่ในหน่วยงานนี้แล้ว ให้เจ้าหน้าที่ของหน่วยงานส่งไฟล์นี้อีกครั้ง แถวที่นำเข้าแล้วไม่ซ้ำ"))
    return actor


def _keep(lines: Sequence[ImportRow], fates: Sequence[RowFate], *, taken: bool) -> None:
    for line, each in zip(lines, fates, strict=True):
        line.pk = None  # the row is found by its line: one constraint decides
        line.fate, line.uuid, line.number = each.fate, each.typed.uuid, each.number
        line.message, line.errors = each.message, dict(each.errors)
        line.asks_day, line.twins = each.asks_day, each.twins
        line.taken = taken and each.fate in GOOD
    ImportRow.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["sheet_import", "line"], update_fields=list(OUTCOME)
    )


def _end(row: SheetImport, stage: Stage, now: datetime, *, why: str = "") -> None:
    row.stage, row.moved_at, row.stopped = stage, now, why[:300]
    row.save(update_fields=["stage", "moved_at", "stopped"])
