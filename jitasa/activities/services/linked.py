"""Records with the records of the same event, locked together.

An event counts once upwards: what the host's record does changes what its guests' records add. So a
change locks the record, its host's record and its guests' records in one statement, in the order of
their ids, before it reads their numbers (docs/architecture.md, "Order of locks").
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from jitasa.activities.choices import Part
from jitasa.activities.models import Activity, ActivityRevision
from jitasa.activities.services.tallying import contribution, counts_upwards
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict
from jitasa.rounds.services.tally import Contribution, apply_many

ATTEMPTS = 5
T = TypeVar("T")


class MembershipChanged(Exception):
    """A record was linked or unlinked between the statement that locks and the locks themselves."""


@dataclass
class LinkedRecords:
    """Rows under lock by id, with the numbers they stood for when locked.

    ``whole`` is false when only the records themselves are locked, for a step that does not change
    whether they count (accepting): hosts and guests are then left alone.
    """

    rows: dict[int, Activity] = field(default_factory=dict)
    counted: dict[int, Contribution | None] = field(default_factory=dict)
    whole: bool = True

    def guests_of(self, activity: Activity) -> list[Activity]:
        return [row for row in self.rows.values() if row.host_activity_id == activity.pk]

    def add(self, rows: Iterable[Activity]) -> None:
        """Take in records that are new: they stood for nothing."""
        self.rows |= {row.pk: row for row in rows}

    def apply_tally_changes(self, *, now: datetime, actor: Viewer) -> None:
        """Bring the numbers to what the rows now say; call once, after the rows are saved.

        Saves ``counts_upwards`` where it changed.
        """
        members = sorted(self.rows.values(), key=lambda row: row.pk)
        if self.whole:
            for upwards in (True, False):
                self._count(members, upwards=upwards)
        changes = [(self.counted.get(member.pk), contribution(member)) for member in members]
        apply_many(changes, now=now, actor=actor)

    def _count(self, members: list[Activity], *, upwards: bool) -> None:
        changed = [row for row in members if counts_upwards(row) is upwards is not row.counts_upwards]
        for row in changed:
            row.counts_upwards = upwards
        if changed:
            Activity.objects.filter(pk__in=[row.pk for row in changed]).update(counts_upwards=upwards)


def retried(act: Callable[[], T]) -> T:
    """Run ``act`` in a transaction, again from the beginning when it raises ``MembershipChanged``.

    Rolling back gives back the locks of a failed attempt.

    :raises Conflict: after ``ATTEMPTS`` attempts.
    """
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return act()
        except MembershipChanged:
            continue
    raise Conflict(_("มีผู้แก้ไขรายการที่เกี่ยวข้องอยู่พร้อมกัน รอสักครู่แล้วทำอีกครั้ง"))


def lock(
    *, ids: Collection[int] = (), uuids: Collection[UUID] = (), new_hosts: Collection[int] = ()
) -> LinkedRecords:
    """Lock records, the hosts they have and are about to be linked to, and their guests.

    Must run inside :func:`retried`. One statement; a second one looks for guests that came in
    between, where a record was ever sent as the host's. A record that is gone is missing from ``rows``.

    :raises MembershipChanged: see there.
    """
    targets = Activity.objects.filter(uuid__in=uuids) if uuids else Activity.objects.filter(pk__in=ids)
    wanted = _ids(targets).union(
        _ids(Activity.objects.filter(host_activity__in=_ids(targets))),
        targets.order_by().filter(host_activity__isnull=False).values("host_activity"),
        _ids(Activity.objects.filter(pk__in=new_hosts)),
    )
    locked = locked_rows(Activity.objects.filter(pk__in=wanted))
    changing = [row for row in locked.values() if row.pk in ids or row.uuid in uuids]
    if any(row.host_activity_id and row.host_activity_id not in locked for row in changing):
        raise MembershipChanged
    hosting = [row.pk for row in changing if row.part == Part.HOST and row.number]
    if hosting and Activity.objects.filter(host_activity__in=hosting).exclude(pk__in=locked).exists():
        raise MembershipChanged
    return _counted(locked, whole=True)


def _ids(rows: QuerySet[Activity]) -> Any:
    return rows.order_by().values("pk")


def lock_alone(rows: QuerySet[Activity]) -> LinkedRecords:
    """Lock only these records, for a step after which they count exactly as before."""
    return _counted(locked_rows(rows), whole=False)


def locked_rows(rows: QuerySet[Any]) -> dict[int, Activity]:
    """The rows by id, locked in the order of their ids, with what a revision says of them in words.

    ``present`` is the snapshot of their present revision, for a step that changes no content; ``None``
    when the row changed while the lock was waited for.
    """
    present = ActivityRevision.objects.filter(activity=OuterRef("pk"), number=OuterRef("revision"))
    found = (
        rows.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "kind", "sub_kind", "occasion", "host_organization", "updated_by")
        .annotate(present=Subquery(present.values("data")))
        .order_by("pk")
    )
    return {row.pk: row for row in found}


def _counted(locked: dict[int, Activity], *, whole: bool) -> LinkedRecords:
    for row in locked.values():
        if row.host_activity_id in locked:
            row.host_activity = locked[row.host_activity_id]
    counted = {pk: contribution(row) for pk, row in locked.items()}
    return LinkedRecords(rows=locked, counted=counted, whole=whole)
