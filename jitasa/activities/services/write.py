"""Write acts on records: one or many, in one transaction, in one order (docs/architecture.md, "Order of locks").

Records, then their parts, steps and notices, then the tallies (offices, tally rows), then the end of the
audit chain, and last the receipt number: whoever waits for a number never waits for another's slow
rows. What follows the number writes only rows that are locked already. Every kind of row is one
statement for any number of records.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityRevision, FlagDue, Step
from jitasa.activities.models.history import Act
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts
from jitasa.activities.services import numbering, parts, revise
from jitasa.activities.services.content import search_text
from jitasa.activities.services.linked import LinkedRecords
from jitasa.audit.services.record import Act as AuditAct
from jitasa.audit.services.record import Held, record, record_many
from jitasa.inserting import insert
from jitasa.notices.models import Notice
from jitasa.notices.services.notify import deliver
from jitasa.organizations.viewer import Viewer
from jitasa.together import together

STEP_COLUMNS = ("status", "updated_at", "updated_by")
REVIEWED_COLUMNS = (*STEP_COLUMNS, "reviewed_at")
SENT_COLUMNS = (*STEP_COLUMNS, "submitted_at", "reviewed_at", "awaits_look")
NEVER_SAVED_AGAIN = frozenset({"id", "uuid", "organization", "created_at", "created_by", "counts_upwards"})
CONTENT_COLUMNS = tuple(
    each.name for each in Activity._meta.concrete_fields if each.name not in NEVER_SAVED_AGAIN
)


@dataclass(kw_only=True)
class Change:
    """One act on one record, checked and ready to be written.

    ``to`` is the status it will have. ``columns`` are those saved besides the revision; none for a new
    record, which is saved whole. ``parts`` are the parts as they shall stand, ``None`` where the
    content stays as the last revision says. ``sends``: it gets a number if it has none, and its flags
    are to be looked for. ``typed`` is the revision whose place this one takes.
    """

    row: Activity
    to: Status
    verb: str
    data: dict[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = STEP_COLUMNS
    new: bool = False
    parts: Parts | None = None
    page: str = ""
    sends: bool = False
    typed: ActivityRevision | None = None
    steps: list[Step] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def takes_number(self) -> bool:
        return self.sends and not self.row.number

    @property
    def wants_look(self) -> bool:
        """Whether the machine must look: at what is sent, and for what fell away with what is withdrawn."""
        return self.sends or (self.to == Status.WITHDRAWN and bool(self.row.number))


def step(
    *,
    actor: Viewer,
    row: Activity,
    act: Act,
    now: datetime,
    reason: str = "",
    fields: Sequence[str] = (),
) -> Step:
    """One step of the record's time line at its present revision (not saved)."""
    return Step(
        activity=row,
        act=act,
        at=now,
        revision=row.revision,
        by=actor.user,
        organization=actor.organization,
        reason=reason,
        fields=list(fields),
    )


def write(
    changes: Sequence[Change],
    *,
    linked: LinkedRecords,
    differences: parts.PartChanges | None = None,
    actor: Viewer,
    now: datetime,
) -> None:
    """Write the changes; must run inside the transaction that locked ``linked``."""
    if not changes:
        return
    snapshots = _snapshots(changes)
    _save_rows(changes, now)
    linked.add(change.row for change in changes if change.new)
    with together():
        if differences is not None:
            parts.write(differences)
        insert([each for change in changes for each in change.steps], keys=False)
        _put_down_for_a_look(changes, now)
        for change in changes:
            change.row.status = change.to
        linked.apply_tally_changes(now=now, actor=actor)
    notices = [notice for change in changes for notice in change.notices]
    if notices:
        deliver(notices)
    audited = [change for change in changes if change.typed is None]
    numbered, held = _give_numbers(changes, actor, now)
    revisions = _revisions(changes, snapshots, actor, now)
    for change in changes:
        if change.typed is not None:
            change.typed.save(update_fields=["number", "at", "by", "status", "data", "hash"])
    with together():  # who waits for the next number of the province waits for one answer more
        numbering.save_sent(numbered, actor=actor, now=now)
        insert([revisions[change.row.pk] for change in audited], keys=False)
        _audit([_entry_of(change, revisions[change.row.pk]) for change in audited], actor, now, held)


def _snapshots(changes: Sequence[Change]) -> dict[int, dict[str, Any]]:
    """By the change's place: the revision's content, made before any lock of the numbers is held."""
    found = {
        place: data
        for place, change in enumerate(changes)
        if change.parts is None and (data := revise.present_snapshot(change.row)) is not None
    }
    lacking = [
        change.row for place, change in enumerate(changes) if change.parts is None and place not in found
    ]
    read = parts_by_activity(lacking) if lacking else {}
    for place, change in enumerate(changes):
        if place not in found:
            found[place] = revise.snapshot(change.row, change.parts or read[change.row.pk])
    return {place: data | {"page": changes[place].page} for place, data in found.items()}


def _save_rows(changes: Sequence[Change], now: datetime) -> None:
    """New records in one statement; steps that say the same of many records in one."""
    new, same = [], defaultdict(list)
    for change in changes:
        row = change.row
        if not change.takes_number:
            row.status = change.to
        if change.parts is not None and not change.takes_number:  # else made with the number
            row.search_text = search_text(row)
        if change.sends and row.number:
            row.submitted_at, row.reviewed_at, row.awaits_look = now, None, True
        if change.new:
            new.append(row)
        elif change.columns == CONTENT_COLUMNS:
            row.save(update_fields=CONTENT_COLUMNS)
        elif not change.takes_number:
            same[tuple((name, getattr(row, name)) for name in change.columns)].append(row.pk)
    insert(new)
    for columns, ids in same.items():
        Activity.objects.filter(pk__in=ids).update(**dict(columns), revision=F("revision") + 1)


def _put_down_for_a_look(changes: Sequence[Change], now: datetime) -> None:
    due = [FlagDue(activity_id=change.row.pk, since=now) for change in changes if change.wants_look]
    insert(due, unique=["activity"], update=["since"], keys=False)


def _give_numbers(
    changes: Sequence[Change], actor: Viewer, now: datetime
) -> tuple[list[Activity], Held | None]:
    """The rows that got one, still to be saved, and the end of the actor's audit chain, locked before."""
    rows = [change.row for change in changes if change.takes_number]
    held = numbering.give_numbers(rows, actor) if rows else None
    for row in rows:
        row.search_text = search_text(row)
        row.submitted_at, row.reviewed_at, row.awaits_look = now, None, True
    return rows, held


def _revisions(
    changes: Sequence[Change], snapshots: dict[int, dict[str, Any]], actor: Viewer, now: datetime
) -> dict[int, ActivityRevision]:
    found = {}
    for place, change in enumerate(changes):
        row = change.row
        revision = change.typed or ActivityRevision(activity=row)
        data = snapshots[place] | {"number": row.number}
        revise.fill(revision, row, data, actor=actor, now=now)
        found[row.pk] = revision
    return found


def _entry_of(change: Change, revision: ActivityRevision) -> AuditAct:
    row = change.row
    data = {"number": row.number, "revision": row.revision, "hash": revision.hash, **change.data}
    return AuditAct(verb=change.verb, subject=row, data=data)


def _audit(acts: list[AuditAct], actor: Viewer, now: datetime, held: Held | None) -> None:
    if len(acts) == 1:  # two statements instead of three
        act = acts[0]
        record(actor=actor, verb=act.verb, subject=act.subject, data=act.data, now=now, held=held)
    else:
        record_many(actor=actor, acts=acts, now=now)
