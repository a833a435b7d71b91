"""Save what has been typed so far: create or change a record by its client-made UUID."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from jitasa.activities import rules
from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts
from jitasa.activities.services import content, linked
from jitasa.activities.services.parts import new_photos
from jitasa.activities.services.saving import (
    Desk,
    EditConflict,
    Prepared,
    Typed,
    prepare_change,
    prepare_new,
)
from jitasa.activities.services.telling_apart import twins_among
from jitasa.activities.services.write import write
from jitasa.activities.values import ActivityValues
from jitasa.organizations.viewer import Viewer

__all__ = ["EditConflict", "Saved", "Seen", "hosts_named", "save_draft", "save_typed"]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the caller has read a moment ago, without locks; used where it still holds.

    ``activity`` is ``None`` when nobody has begun a record with that UUID.
    """

    activity: Activity | None
    parts: Parts | None = None


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The record as it now stands; ``same``: nothing differed.

    ``problems`` and ``twins`` (records that look like it) say why it was kept but not sent.
    """

    activity: Activity
    problems: rules.Problems = field(default_factory=dict)
    twins: Sequence[Activity] = ()
    same: bool = False


def save_draft(
    *,
    actor: Viewer,
    uuid: UUID,
    base_revision: int | None,
    values: ActivityValues,
    now: datetime,
    page: str = "",
    seen: Seen | None = None,
) -> Activity:
    """Create the record ``uuid`` for the actor's office, or change it.

    ``base_revision`` is the revision the values were typed over, ``None`` for a new record. The same
    values sent again change nothing. ``page`` names the open page that sends: a save whose answer
    was lost on the way does not stand against the next one from the same page.

    :raises Refusal: by field, when the values cannot be kept.
    :raises Forbidden: the person does not record for that office.
    :raises EditConflict: somebody else saved since ``base_revision``; nothing is changed.
    :raises Conflict: the record's state no longer lets its content change.
    """
    typed = Typed(uuid=uuid, base_revision=base_revision, values=content.cleaned(values), page=page[:64])
    return save_typed(typed, actor=actor, now=now, seen=seen).activity


def save_typed(typed: Typed, *, actor: Viewer, now: datetime, seen: Seen | None = None) -> Saved:
    """One transaction for what was typed, sent or kept. Raises what ``save_draft`` raises."""
    content.refuse_unstorable(typed.values)
    for again in (True, False):
        try:
            return linked.retried(lambda seen=seen: _save(typed, actor, now, seen))  # type: ignore[misc]  # bound now
        except IntegrityError:  # the same form arrived twice at the same moment
            if not again or not Activity.objects.filter(uuid=typed.uuid).exists():
                raise
            seen = None
    raise AssertionError("the second attempt returns or raises")


def _save(typed: Typed, actor: Viewer, now: datetime, seen: Seen | None) -> Saved:
    named = hosts_named([typed.values])
    typed, hosts = named.named(typed), named.ids
    new = seen is not None and seen.activity is None
    locked = linked.lock(uuid=None if new else typed.uuid, new_hosts=hosts.values())
    row = next((each for each in locked.rows.values() if each.uuid == typed.uuid), None)
    stored = _stored(row, seen)
    photos = new_photos(actor, [(typed.values, stored)])
    alike = twins_among(actor.office_id, {} if row is None else {row.uuid: row}, [typed])
    desk = Desk(actor=actor, now=now, linked=locked, photos=photos, host_ids=hosts, twins=alike)
    prepared = prepare_new(desk, typed) if row is None else prepare_change(desk, row, stored, typed)
    if prepared.change is not None:
        write([prepared.change], linked=locked, differences=desk.differences, now=now)
    return _answer(prepared)


def _answer(prepared: Prepared) -> Saved:
    same = prepared.change is None and not prepared.problems and not prepared.twins
    return Saved(activity=prepared.row, problems=prepared.problems, twins=prepared.twins, same=same)


def _stored(row: Activity | None, seen: Seen | None) -> Parts:
    """The parts in the database; those in hand are still true while the revision is the same."""
    if row is None:
        return Parts()
    in_hand = seen is not None and seen.activity is not None and seen.activity.revision == row.revision
    if in_hand and seen is not None and seen.parts is not None:
        return seen.parts
    return parts_by_activity([row])[row.pk]


@dataclass(frozen=True)
class Hosts:
    """The hosts' records that are named: their ids and their offices by the client's UUID."""

    ids: dict[UUID, int] = field(default_factory=dict)
    offices: dict[UUID, int] = field(default_factory=dict)

    def named(self, typed: Typed) -> Typed:
        """The same with the office of the event it names as its host, whatever was said of that."""
        office = self.offices.get(typed.values.host_activity) if typed.values.host_activity else None
        if office is None or office == typed.values.host_organization_id:
            return typed
        return replace(typed, values=replace(typed.values, host_organization_id=office))


def hosts_named(values: Collection[ActivityValues]) -> Hosts:
    """No statement when none is."""
    wanted = {each.host_activity for each in values if each.host_activity is not None}
    if not wanted:
        return Hosts()
    rows = list(Activity.objects.filter(uuid__in=wanted).values_list("uuid", "pk", "organization_id"))
    return Hosts({uuid: pk for uuid, pk, _office in rows}, {uuid: office for uuid, _pk, office in rows})
