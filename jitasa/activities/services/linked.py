"""Records with the records of the same event, locked together.

An event counts once upwards: what the host's record does changes what its guests' records add. So a
change locks the record, its host's record and its guests' records in one statement, in the order of
their ids, before it reads their numbers (docs/architecture.md, "Order of locks").
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from jitasa.activities.choices import Invited, Part
from jitasa.activities.models import Activity, ActivityRevision, Invitation
from jitasa.activities.services.tallying import contribution, counts_upwards
from jitasa.compiled import PREPARED_MOST, Compiled
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

    ``invitations`` to new hosts' events by event and office; the host's lock holds them, too.

    ``whole`` is false when only the records themselves are locked, for a step that does not change
    whether they count (accepting): hosts and guests are then left alone.
    """

    rows: dict[int, Activity] = field(default_factory=dict)
    counted: dict[int, Contribution | None] = field(default_factory=dict)
    whole: bool = True
    invitations: dict[tuple[int, int], Invitation] = field(default_factory=dict)

    def invitation_of(self, row: Activity) -> Invitation | None:
        """What asks the office of ``row`` to the event that it names, unless it was taken back."""
        host_id = row.host_activity_id
        return self.invitations.get((host_id, row.organization_id)) if host_id is not None else None

    def guests_of(self, activity: Activity) -> list[Activity]:
        return [row for row in self.rows.values() if row.host_activity_id == activity.pk]

    def add(self, rows: Iterable[Activity]) -> None:
        """Take in records that are new: they stood for nothing."""
        self.rows |= {row.pk: row for row in rows}

    def apply_tally_changes(self, *, now: datetime, actor: Viewer | None) -> None:
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


def ids_of(uuids: Collection[UUID]) -> dict[UUID, int]:
    """UUID → id of the records that somebody has begun; who begins one at this moment is found by the insert."""
    if connection.vendor != "postgresql" or len(uuids) <= PREPARED_MOST:
        return dict(_IDS.rows(uuids=list(uuids)))
    with connection.cursor() as cursor:  # one value instead of five hundred
        cursor.execute("SELECT uuid, id FROM activities_activity WHERE uuid = ANY(%s)", [list(uuids)])
        return dict(cursor.fetchall())


def lock(
    *, ids: Collection[int] = (), uuid: UUID | None = None, new_hosts: Collection[int] = ()
) -> LinkedRecords:
    """Lock records, by their ids or one by its UUID, the hosts they have and are about to be linked to, and their guests.

    Must run inside :func:`retried`. One statement; a second one looks for guests that came in
    between, where a record was ever sent as the host's or others were invited to it. A record that is gone is missing from ``rows``.

    :raises MembershipChanged: see there.
    """
    locked = {row.pk: row for row in _found(ids, uuid, new_hosts)}
    changing = [row for row in locked.values() if row.pk in ids or row.uuid == uuid]
    if any(row.host_activity_id and row.host_activity_id not in locked for row in changing):
        raise MembershipChanged
    hosting = [row.pk for row in changing if row.part == Part.HOST and (row.number or row.invites)]
    if hosting and Activity.objects.filter(host_activity__in=hosting).exclude(pk__in=locked).exists():
        raise MembershipChanged
    found = _counted(locked, whole=True)
    asking = [pk for pk in new_hosts if pk in locked and locked[pk].invites]
    if asking:
        rows = Invitation.objects.filter(activity__in=asking).exclude(state=Invited.CANCELLED)
        found.invitations = {(row.activity_id, row.organization_id): row for row in rows}
    return found


def _found(ids: Collection[int], uuid: UUID | None, new_hosts: Collection[int]) -> Sequence[Activity]:
    if not (ids or uuid or new_hosts):
        return []
    if new_hosts or len(ids) > PREPARED_MOST:
        targets = Activity.objects.filter(uuid=uuid) if uuid else Activity.objects.filter(pk__in=ids)
        return list(_locked(_with_linked(targets).union(_ids(Activity.objects.filter(pk__in=new_hosts)))))
    return _BY_UUID.rows(uuid=uuid) if uuid else _BY_ID.rows(ids=sorted(ids))


def lock_alone(ids: Collection[int]) -> LinkedRecords:
    """Lock only these records, for a step after which they count exactly as before."""
    return _counted({row.pk: row for row in _ALONE.rows(wanted=sorted(ids))}, whole=False)


def lock_rows_alone(rows: QuerySet[Activity]) -> LinkedRecords:
    """The same for the records of a query, at the moment of the locks."""
    return _counted({row.pk: row for row in _locked(_ids(rows))}, whole=False)


def _ids(rows: QuerySet[Activity]) -> Any:
    return rows.order_by().values("pk")


def _with_linked(targets: QuerySet[Activity]) -> Any:
    """The ids of the records, of their guests and of their hosts."""
    return _ids(targets).union(
        _ids(Activity.objects.filter(host_activity__in=_ids(targets))),
        targets.order_by().filter(host_activity__isnull=False).values("host_activity"),
    )


def _locked(wanted: Any) -> QuerySet[Activity]:
    """The rows with these ids, locked in the order of their ids, with what a revision says of them in words.

    ``present`` is the snapshot of their present revision, for a step that changes no content; ``None``
    when the row changed while the lock was waited for.
    """
    present = ActivityRevision.objects.filter(activity=OuterRef("pk"), number=OuterRef("revision"))
    return (
        Activity.objects.filter(pk__in=wanted)
        .select_for_update(of=("self",), no_key=True)
        .select_related("organization", "kind", "sub_kind", "occasion", "host_organization", "updated_by")
        .annotate(present=Subquery(present.values("data")))
        .order_by("pk")
    )


_IDS = Compiled(
    lambda uuids: Activity.objects.filter(uuid__in=uuids).order_by().values_list("uuid", "pk"), uuids=[UUID]
)
_BY_ID = Compiled(lambda ids: _locked(_with_linked(Activity.objects.filter(pk__in=ids))), ids=[int])
_BY_UUID = Compiled(lambda uuid: _locked(_with_linked(Activity.objects.filter(uuid=uuid))), uuid=UUID)
_ALONE = Compiled(_locked, wanted=[int])


def _counted(locked: dict[int, Activity], *, whole: bool) -> LinkedRecords:
    for row in locked.values():
        if row.host_activity_id in locked:
            row.host_activity = locked[row.host_activity_id]
    counted = {pk: contribution(row) for pk, row in locked.items()}
    return LinkedRecords(rows=locked, counted=counted, whole=whole)
