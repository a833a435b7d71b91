"""Rows of a sheet into records: first as they would be, then for good. Both are the same act of the one road."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.selectors.choices import Offer
from jitasa.activities.services.record_batch import Answer, BatchRecord, Result, record_batch
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.sheets.choices import Fate
from jitasa.sheets.rows import Errors, RowReader, TypedRow, column_of
from jitasa.sheets.sheet_row import SheetRow

PARTICIPANTS, MEASURES = "participants", "measures"


@dataclass(frozen=True)
class RowFate:
    """``errors`` by column say what to do; ``message`` is about the row; ``taken``: it has been imported.

    ``asks_day``: the day was read, and is one that is asked back before it is sent.
    """

    typed: TypedRow
    fate: Fate
    number: str = ""
    message: str = ""
    errors: Errors = field(default_factory=dict)
    asks_day: bool = False
    twins: bool = False
    taken: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportAnswers:
    """What the person said beside the rows.

    ``send``: send what is complete, else everything is kept as drafts. ``apart``: rows that look like records the
    office has are other activities. ``days``: days far from today are right.
    """

    send: bool = True
    apart: bool = False
    days: bool = False


def check_rows(
    *, actor: Viewer, rows: Sequence[SheetRow], photos: Mapping[str, str], offer: Offer, asked: ImportAnswers, now: datetime
) -> list[RowFate]:  # fmt: skip
    """What importing would do, by doing it and taking it back. Nothing stays."""
    with transaction.atomic():
        fates = _import(actor, rows, photos, offer, asked, now)
        transaction.set_rollback(True)
    return fates


def import_rows(
    *, actor: Viewer, rows: Sequence[SheetRow], photos: Mapping[str, str], offer: Offer, asked: ImportAnswers, now: datetime
) -> list[RowFate]:  # fmt: skip
    """Take the rows that are right; one transaction. The same rows again change nothing.

    :raises Forbidden: the actor does not record for an office.
    """
    return _import(actor, rows, photos, offer, asked, now)


def _import(
    actor: Viewer, rows: Sequence[SheetRow], photos: Mapping[str, str], offer: Offer, asked: ImportAnswers, now: datetime
) -> list[RowFate]:  # fmt: skip
    office = actor.organization
    if office is None or not rules.may_record(actor):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    reader = RowReader(
        viewer=actor, office=office, offer=offer, now=now, photos=photos, days_are_right=asked.days
    )
    typed = reader.read(rows)
    answers = _recorded(actor, typed, asked, now)
    return [_fate(each, answers.get(each.uuid) if each.values else None, offer) for each in typed]


class _EveryRecord:
    """Whatever a row looks like is another activity: the person has seen them and said so."""

    def __contains__(self, _uuid: object) -> bool:
        return True


def _recorded(
    actor: Viewer, typed: Sequence[TypedRow], asked: ImportAnswers, now: datetime
) -> Mapping[UUID, Answer]:
    apart: Container[UUID] = _EveryRecord() if asked.apart else ()
    records = [
        BatchRecord(
            uuid=each.uuid,
            values=each.values,
            base_revision=each.base_revision,
            send=asked.send,
            confirmed=apart,
        )
        for each in typed
        if each.values is not None and not each.settled
    ]
    answers = record_batch(actor=actor, records=records, now=now) if records else []
    return {answer.uuid: answer for answer in answers}


def _fate(typed: TypedRow, answer: Answer | None, offer: Offer) -> RowFate:
    if typed.settled:
        return RowFate(typed, Fate.SAME)
    if answer is None:
        return RowFate(typed, Fate.WRONG, errors=typed.errors)
    fate = {Result.SENT: Fate.SENT, Result.KEPT: Fate.KEPT, Result.SAME: Fate.SAME}.get(
        answer.result, Fate.WRONG
    )
    errors: Errors = {}
    for name, texts in answer.fields.items():
        errors.setdefault(_column(name, offer), []).extend(texts)
    message = "" if errors else answer.message
    asks_day = "start_date" in errors
    return RowFate(typed, fate, answer.number, message, errors, asks_day, twins=bool(answer.twins))


def _column(name: str, offer: Offer) -> str:
    """Problems of all groups or measures stand at the first of them."""
    if name == PARTICIPANTS and offer.groups:
        return f"group_{offer.groups[0].code}"
    if name == MEASURES and offer.measures:
        return f"measure_{offer.measures[0].code}"
    return column_of(name)
