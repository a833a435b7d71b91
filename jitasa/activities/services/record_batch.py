"""Many records in one act: for the API, Excel files and the queue of a phone that was offline.

Locks, lists, tallies, receipt numbers and audit are shared by the whole batch: one transaction, and
about as many statements as one record takes. Each record has an answer of its own; one that is
refused keeps none of the others back.
"""

from collections.abc import Container, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from jitasa.activities import rules
from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts
from jitasa.activities.services import content, linked
from jitasa.activities.services.parts import PartChanges, new_photos
from jitasa.activities.services.save_draft import hosts_named
from jitasa.activities.services.saving import (
    Desk,
    Prepared,
    Typed,
    incomplete,
    prepare_change,
    prepare_new,
)
from jitasa.activities.services.telling_apart import looks_like, twins_among
from jitasa.activities.services.write import Change, write
from jitasa.activities.values import ActivityValues
from jitasa.organizations import versions
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal

BATCH_MOST = 500


@dataclass(frozen=True, kw_only=True)
class BatchRecord:
    """One record of a batch, as ``record_and_submit`` takes it; without ``send`` it is only kept.

    ``confirmed`` holds the UUIDs of records that look like it and are other activities.
    """

    uuid: UUID
    values: ActivityValues
    base_revision: int | None = None
    send: bool = True
    confirmed: Container[UUID] = ()


class Result(StrEnum):
    SENT = "sent"  # with its receipt number, or put before the approver
    KEPT = "kept"  # as a draft: that was asked for, something is missing, or it looks like another
    SAME = "same"  # nothing differs from what is stored
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of one record; ``fields`` say what to mend, in the reader's language.

    ``twins`` are the UUIDs of the records it looks like (``code`` is ``looks_like`` when nothing else is the
    matter): to be shown, and sent back in ``confirmed`` by whoever says that it is another activity.
    """

    uuid: UUID
    result: Result
    number: str = ""
    revision: int | None = None
    message: str = ""
    code: str = ""
    fields: rules.Problems = field(default_factory=dict)
    twins: tuple[UUID, ...] = ()


def record_batch(*, actor: Viewer, records: Sequence[BatchRecord], now: datetime) -> list[Answer]:
    """Keep or send records of the actor's office; the answers in the order of ``records``.

    The same batch again changes nothing and gives the same numbers. Of a UUID that stands twice in a
    batch the first counts. Nothing is written when the batch itself fails.

    :raises Refusal: more than ``BATCH_MOST`` at once.
    """
    if len(records) > BATCH_MOST:
        words = _("ส่งได้ครั้งละไม่เกิน %(most)s รายการ แบ่งเป็นหลายครั้ง") % {"most": BATCH_MOST}
        raise Refusal(words, code="batch_too_large")
    typed = [
        Typed(
            uuid=each.uuid,
            values=content.cleaned(each.values),
            base_revision=each.base_revision,
            send=each.send,
            confirmed=each.confirmed,
        )
        for each in records
    ]
    with versions.reading():
        try:
            return linked.retried(lambda: _record(actor, typed, now))
        except IntegrityError:  # one of them arrived another way at the same moment
            return linked.retried(lambda: _record(actor, typed, now))


def _record(actor: Viewer, typed: Sequence[Typed], now: datetime) -> list[Answer]:
    named = hosts_named([each.values for each in typed])
    typed, hosts = [named.named(each) for each in typed], named.ids
    known = linked.ids_of({each.uuid for each in typed})
    locked = linked.lock(ids=known.values(), new_hosts=hosts.values())
    rows = {row.uuid: row for row in locked.rows.values()}
    present = [rows[each.uuid] for each in typed if each.uuid in rows]
    stored = parts_by_activity(present) if present else {}

    def parts_of(uuid: UUID) -> Parts:
        return stored[rows[uuid].pk] if uuid in rows else Parts()

    desk = Desk(
        actor=actor,
        now=now,
        linked=locked,
        photos=new_photos(actor, [(each.values, parts_of(each.uuid)) for each in typed]),
        host_ids=hosts,
        twins=twins_among(actor.office_id, rows, typed),
    )
    changes: list[Change] = []
    outcomes: dict[UUID, Prepared | Refusal] = {}
    for each in typed:
        if each.uuid not in outcomes:
            row = rows.get(each.uuid)
            outcomes[each.uuid] = _prepared(desk, row, stored, each, changes)
    write(changes, linked=locked, differences=desk.differences, now=now)
    return [_answer(each, outcomes[each.uuid]) for each in typed]


def _prepared(
    desk: Desk, row: Activity | None, stored: dict[int, Parts], typed: Typed, changes: list[Change]
) -> Prepared | Refusal:
    """Prepare one record; what a refused one had put down is taken back."""
    whole = desk.differences
    desk.differences = PartChanges()
    before = copy(row)
    try:
        content.refuse_unstorable(typed.values)
        prepared = (
            prepare_new(desk, typed) if row is None else prepare_change(desk, row, stored[row.pk], typed)
        )
    except Refusal as refusal:
        desk.refused.add(typed.uuid)
        if row is not None and before is not None:
            _put_back(row, before)
        return refusal
    else:
        whole.take(desk.differences)
        if prepared.change is not None:
            changes.append(prepared.change)
        return prepared
    finally:
        desk.differences = whole


def _put_back(row: Activity, before: Activity) -> None:
    """The row as it was locked: its numbers stand in the tallies."""
    vars(row).clear()
    vars(row).update(vars(before))


def _answer(typed: Typed, outcome: Prepared | Refusal) -> Answer:
    if isinstance(outcome, Refusal):
        return Answer(
            uuid=typed.uuid,
            result=Result.REFUSED,
            message=outcome.message,
            code=outcome.code,
            fields=dict(outcome.fields),
        )
    row, change = outcome.row, outcome.change
    if outcome.problems or outcome.twins:
        refusal = incomplete(outcome.problems) if outcome.problems else looks_like(outcome.twins)
        return Answer(
            uuid=typed.uuid,
            result=Result.KEPT,
            revision=row.revision,
            message=refusal.message,
            code=refusal.code,
            fields=outcome.problems,
            twins=tuple(each.uuid for each in outcome.twins),
        )
    result = Result.SAME if change is None else Result.SENT if typed.send else Result.KEPT
    return Answer(uuid=typed.uuid, result=result, number=row.number, revision=row.revision)
