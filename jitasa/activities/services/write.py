"""Write acts on records: one or many, in one transaction, in one order (docs/architecture.md, "Order of locks").

Records, then their parts, steps and notices, then the tallies (offices, tally rows), then the end of the
audit chain, and last the receipt number: whoever waits for a number never waits for another's slow
rows. What follows the number writes only rows that are locked already. Every kind of row is one
statement for any number of records.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from jitasa.activities.services.answering import joined
from jitasa.activities.services.chains import hold_chains
from jitasa.activities.services.content import search_text
from jitasa.activities.services.linked import LinkedRecords
from jitasa.activities.services.telling_programs import announce_changes
from jitasa.activities.values import ActivityValues
from jitasa.audit.services.record import Act as AuditAct
from jitasa.audit.services.record import Held, chain_key, record, record_many
from jitasa.column_values import json_text
from jitasa.inserting import insert, insert_values
from jitasa.notices.models import Notice
from jitasa.notices.services.notify import deliver
from jitasa.organizations.viewer import Viewer
from jitasa.together import together

STEP_COLUMNS = ("status", "updated_at", "updated_by")
REVIEWED_COLUMNS = (*STEP_COLUMNS, "reviewed_at")
SENT_COLUMNS = (*STEP_COLUMNS, "submitted_at", "reviewed_at", "awaits_look")
NEVER_SAVED_AGAIN = frozenset(
    {"id", "uuid", "organization", "created_at", "created_by", "counts_upwards", "invites"}
)
CONTENT_COLUMNS = tuple(
    each.name for each in Activity._meta.concrete_fields if each.name not in NEVER_SAVED_AGAIN
)


@dataclass(frozen=True, kw_only=True)
class NewStep:
    """One step of a record's time line at its present revision, to be written."""

    act: str
    at: datetime
    revision: int
    by: int | None
    organization: int | None
    reason: str = ""
    fields: Sequence[str] = ()


@dataclass(kw_only=True)
class Change:
    """One act on one record, checked and ready to be written.

    ``to`` is the status it will have. ``columns`` are those saved besides the revision; none for a new
    record, which is saved whole. ``parts`` are the parts as they shall stand, ``None`` where the
    content stays as the last revision says; ``values`` what they and the row hold, where that is in hand. ``sends``: it gets a number if it has none, and its flags
    are to be looked for. ``typed`` is the revision whose place this one takes.
    """

    row: Activity
    to: Status
    verb: str
    actor: Viewer
    data: dict[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = STEP_COLUMNS
    new: bool = False
    parts: Parts | None = None
    values: ActivityValues | None = None
    page: str = ""
    sends: bool = False
    typed: ActivityRevision | None = None
    steps: list[NewStep] = field(default_factory=list)
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
) -> NewStep:
    """One step of the record's time line at its present revision (not saved)."""
    return NewStep(
        act=str(act),
        at=now,
        revision=row.revision,
        by=actor.user_id,
        organization=actor.office_id,
        reason=reason,
        fields=fields,
    )


def write(
    changes: Sequence[Change],
    *,
    linked: LinkedRecords,
    differences: parts.PartChanges | None = None,
    now: datetime,
) -> None:
    """Write the changes; must run inside the transaction that locked ``linked``.

    :raises NotTogether: they are several people's, and one of them would have to wait or touches a statement.
    """
    if not changes:
        return
    actor = changes[0].actor
    several = any(change.actor is not actor for change in changes)
    snapshots = _snapshots(changes)
    _save_rows(changes, now)
    chains = hold_chains([change.actor for change in changes]) if several else None
    linked.add(change.row for change in changes if change.new)
    with together():
        if differences is not None:
            parts.write(differences)
        _write_steps(changes)
        _put_down_for_a_look(changes, now)
        for change in changes:
            change.row.status = change.to
        linked.apply_tally_changes(now=now, actor=None if several else actor)
    answers = joined([change.row for change in changes], linked, actor=actor, now=now)
    notices = [notice for change in changes for notice in change.notices]
    notices += [notice for notice, _entry in answers]
    if notices:
        deliver(notices)
    numbered, held = _give_numbers(changes, None if several else actor, now)
    kept = [
        revise.Kept.of(row=change.row, data=data, actor=change.actor)
        for change, data in zip(changes, snapshots, strict=True)
    ]
    for change, revision in zip(changes, kept, strict=True):
        if change.typed is not None:
            revision.replace(change.typed, now=now)
    entries = [
        _entry_of(change, revision.hash)
        for change, revision in zip(changes, kept, strict=True)
        if change.typed is None
    ]
    entries += [entry for _notice, entry in answers]
    with together():  # who waits for the next number of the province waits for one answer more
        numbering.save_sent(numbered, now=now)
        revise.keep(
            [each for each, change in zip(kept, changes, strict=True) if change.typed is None], now=now
        )
        announce_changes(changes, now=now)
        if chains is None:
            _audit(entries, actor, now, held)
        else:
            _audit_several(entries, [change.actor for change in changes], chains, now)


def _snapshots(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The content of each change's revision, made before any lock of the numbers is held."""
    stored = [revise.present_snapshot(change.row) if change.parts is None else None for change in changes]
    lacking = [
        change.row
        for change, data in zip(changes, stored, strict=True)
        if change.parts is None and data is None
    ]
    read = parts_by_activity(lacking) if lacking else {}
    return [
        (data or revise.snapshot(change.row, change.parts or read[change.row.pk], change.values))
        | {"page": change.page}
        for change, data in zip(changes, stored, strict=True)
    ]


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


def _write_steps(changes: Sequence[Change]) -> None:
    insert_values(
        Step,
        ("activity_id", "act", "at", "revision", "by_id", "organization_id", "reason", "fields"),
        [
            (
                change.row.pk,
                each.act,
                each.at,
                each.revision,
                each.by,
                each.organization,
                each.reason,
                json_text(each.fields),
            )
            for change in changes
            for each in change.steps
        ],
    )


def _put_down_for_a_look(changes: Sequence[Change], now: datetime) -> None:
    """Only a record that is there may stand there already."""
    for new, ends in ((True, {}), (False, {"unique": ["activity"], "update": ["since"]})):
        due = [(change.row.pk, now) for change in changes if change.wants_look and change.new is new]
        insert_values(FlagDue, ("activity_id", "since"), due, **ends)


def _give_numbers(
    changes: Sequence[Change], actor: Viewer | None, now: datetime
) -> tuple[list[Activity], Held | None]:
    """The rows that got one, still to be saved, and the end of the actor's audit chain, locked before.

    ``None``: several people's, whose chains are held already.
    """
    rows = [change.row for change in changes if change.takes_number]
    held = numbering.give_numbers(rows, actor) if rows else None
    for row in rows:
        row.search_text = search_text(row)
        row.submitted_at, row.reviewed_at, row.awaits_look = now, None, True
    return rows, held


def _entry_of(change: Change, content_hash: str) -> AuditAct:
    row = change.row
    data = {"number": row.number, "revision": row.revision, "hash": content_hash, **change.data}
    return AuditAct(verb=change.verb, subject=row, data=data)


def _audit(acts: list[AuditAct], actor: Viewer, now: datetime, held: Held | None) -> None:
    if len(acts) == 1:  # two statements instead of three
        act = acts[0]
        record(actor=actor, verb=act.verb, subject=act.subject, data=act.data, now=now, held=held)
    else:
        record_many(actor=actor, acts=acts, now=now)


def _audit_several(
    acts: Sequence[AuditAct], actors: Sequence[Viewer], chains: Mapping[str, Held], now: datetime
) -> None:
    """One entry in each actor's own chain."""
    for act, actor in zip(acts, actors, strict=True):
        held = chains[chain_key(actor)]
        record(actor=actor, verb=act.verb, subject=act.subject, data=act.data, now=now, held=held)
