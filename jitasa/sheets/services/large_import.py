"""A large sheet is begun, checked again, imported or dropped by a person; the worker does the rows (``go_on``)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.audit.services.record import record
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.sheets.batches import batches
from jitasa.sheets.choices import GOOD, WORKING, Stage
from jitasa.sheets.models import ImportRow, SheetImport
from jitasa.sheets.reading import SheetText
from jitasa.sheets.rows import copied_from, uuid_of
from jitasa.sheets.services.import_rows import ImportAnswers
from jitasa.sheets.sheet_row import SheetRow
from jitasa.sheets.zips import ZipPictures
from jitasa.thai.dates import today

WORKING_MOST = 2  # sheets of one office that the worker is at
KEPT_DAYS = 14


def begin_import(
    *, actor: Viewer, sheet: SheetText, pictures: ZipPictures, name: str, asked: ImportAnswers, now: datetime
) -> SheetImport:  # fmt: skip
    """Keep the rows and have the worker check them. No record is written.

    :raises Forbidden: the actor does not record for an office. :raises Refusal: the worker is at two sheets of it.
    """
    office = _office_of(actor)
    if actor.user is None:
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    with transaction.atomic():
        _refuse_third(office)
        row = SheetImport.objects.create(
            organization=office,
            made_by=actor.user,
            made_at=now,
            moved_at=now,
            address=actor.address,
            language=get_language() or "th",
            name=name[:200],
            photos=dict(pictures.shas),
            problems=list(pictures.problems),
            unknown=list(sheet.unknown),
            row_count=len(sheet.rows),
            to_do=len(sheet.rows),
            **_kept_answers(asked),
        )
        _write_rows(row, _told_apart(row, sheet.rows), now, first=1)
        record(actor=actor, verb="sheet.begin", subject=row, data={"rows": row.row_count}, now=now)
        _enqueue(row)
    return row


def check_again(
    *, actor: Viewer, sheet_import: SheetImport, edited: Sequence[SheetRow], asked: ImportAnswers, now: datetime
) -> SheetImport:  # fmt: skip
    """Have all rows looked at anew that have not been imported, as they were edited; an edited row looks like others.

    :raises Conflict: the worker is at it.
    """
    with transaction.atomic():
        row = _held(actor, sheet_import)
        new = {each.line: each for each in edited}
        waiting = row.rows.filter(taken=False)
        rows = [new.get(each.line) or each.as_read() for each in waiting.order_by("line")]
        waiting.delete()
        _write_rows(row, _told_apart(row, rows), now, first=_last_batch(row) + 1)
        row.send, row.apart, row.days = asked.send, asked.apart, asked.days
        row.save(update_fields=["send", "apart", "days"])
        _set_stage(row, Stage.CHECKING, len(rows), now)
        _enqueue(row)
    return row


def take_import(*, actor: Viewer, sheet_import: SheetImport, now: datetime) -> SheetImport:
    """Have the rows that are right imported. Asked twice is once. :raises Conflict: they are still being checked."""
    with transaction.atomic():
        if sheet_import.stage == Stage.IMPORTING:
            return sheet_import
        row = _held(actor, sheet_import)
        count = row.rows.filter(taken=False, fate__in=GOOD).count()
        if count:
            _set_stage(row, Stage.IMPORTING, count, now)
            record(actor=actor, verb="sheet.import", subject=row, data={"rows": count}, now=now)
            _enqueue(row)
    return row


def drop_import(*, actor: Viewer, sheet_import: SheetImport, now: datetime) -> None:
    """Forget the rows; records that were imported stay. :raises Conflict: the worker is importing them."""
    with transaction.atomic():
        row = _held(actor, sheet_import, also=(Stage.CHECKING,))
        record(actor=actor, verb="sheet.drop", subject=row, data={"rows": row.row_count}, now=now)
        row.delete()


def forget_imports(*, now: datetime) -> int:
    """Rows of sheets that nobody has touched for ``KEPT_DAYS``; called by the worker's upkeep."""
    old = SheetImport.objects.filter(moved_at__lt=now - timedelta(days=KEPT_DAYS))
    gone, _by_model = old.delete() if old.exists() else (0, {})
    return gone


def asked_of(row: SheetImport) -> ImportAnswers:
    """What the person said beside the rows."""
    return ImportAnswers(send=row.send, apart=row.apart, days=row.days)


def _kept_answers(asked: ImportAnswers) -> Mapping[str, bool]:
    return {"send": asked.send, "apart": asked.apart, "days": asked.days}


def _office_of(actor: Viewer) -> Organization:
    if actor.organization is None or not rules.may_record(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    return actor.organization


def _refuse_third(office: Organization) -> None:
    """Whoever sends a sheet holds the office, so that two at one moment are counted."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    if SheetImport.objects.filter(organization=office, stage__in=WORKING).count() >= WORKING_MOST:
        words = _("ระบบกำลังทำตารางของหน่วยงานท่านอยู่ %(n)d ไฟล์ รอให้เสร็จก่อน แล้วส่งไฟล์นี้อีกครั้ง")
        raise Refusal(words % {"n": WORKING_MOST}, code="busy")


def _held(actor: Viewer, sheet_import: SheetImport, *, also: Sequence[Stage] = ()) -> SheetImport:
    """The row, locked, while no worker is at it."""
    office = _office_of(actor)
    row = SheetImport.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet_import.pk)
    if row.organization_id != office.pk:
        raise Forbidden(_("ตารางนี้เป็นของหน่วยงานอื่น"))
    if row.stage in WORKING and row.stage not in also:
        raise Conflict(_("ระบบกำลังทำตารางนี้อยู่ รอให้เสร็จก่อน"), code="working")
    return row


def _told_apart(row: SheetImport, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Rows that bear the UUID of another one are doubted, in whatever batch that one is."""
    first: dict[object, int] = dict(row.rows.exclude(uuid=None).values_list("uuid", "line"))
    found = []
    for each in rows:
        line = first.setdefault(uuid_of(row.organization, each), each.line)
        found.append(each if line == each.line else replace(each, doubts=(*each.doubts, copied_from(line))))
    return found


def _write_rows(row: SheetImport, rows: Sequence[SheetRow], now: datetime, *, first: int) -> None:
    lines = [
        ImportRow(
            sheet_import=row, line=each.line, batch=number, cells=dict(each.cells), doubts=list(each.doubts),
            hidden=each.hidden,
        )
        for number, batch in enumerate(batches(rows, near=today(now)), first)
        for each in batch
    ]  # fmt: skip
    ImportRow.objects.bulk_create(lines, batch_size=500)


def _last_batch(row: SheetImport) -> int:
    return int(row.rows.aggregate(last=Max("batch"))["last"] or 0)


def _set_stage(row: SheetImport, stage: Stage, to_do: int, now: datetime) -> None:
    row.stage, row.to_do, row.done_count, row.moved_at, row.stopped = stage, to_do, 0, now, ""
    row.save(update_fields=["stage", "to_do", "done_count", "moved_at", "stopped"])


def _enqueue(row: SheetImport) -> None:
    from jitasa.sheets.tasks import go_on

    go_on.enqueue(row.pk)  # a row of the same transaction
