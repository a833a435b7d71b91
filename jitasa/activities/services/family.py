"""A record with the records of the same event, locked together.

An event counts once upwards: what the host's record does changes what its guests' records add.
So every change locks the record, its host's record and its guests' records, always in the order of
their ids, before it reads their numbers.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jitasa.activities.models import Activity
from jitasa.activities.services.tallying import contribution, counts_upwards
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict
from jitasa.rounds.services.tally import Contribution, apply_many

ATTEMPTS = 5


class _Grown(Exception):
    """Somebody joined the family between looking and locking."""


@dataclass
class Family:
    """``activity`` and its guests under lock, with the numbers they stood for when locked."""

    activity: Activity
    guests: list[Activity]
    counted: dict[int, Contribution | None] = field(default_factory=dict)

    def settle(self, *, now: datetime, actor: Viewer) -> None:
        """Bring the numbers to what the rows now say; call once, after ``activity`` is saved.

        Saves ``counts_upwards`` where it changed.
        """
        members = sorted([self.activity, *self.guests], key=lambda row: row.pk)
        for member in members:
            if member.host_activity_id == self.activity.pk:
                member.host_activity = self.activity
            upwards = counts_upwards(member)
            if member.counts_upwards != upwards:
                member.counts_upwards = upwards
                Activity.objects.filter(pk=member.pk).update(counts_upwards=upwards)
        changes = [(self.counted.get(member.pk), contribution(member)) for member in members]
        apply_many(changes, now=now, actor=actor)


def lock(activity_id: int, *, new_host_id: int | None = None) -> Family:
    """Lock a record, its host's (and the one it is about to be linked to) and its guests'.

    Must run inside a transaction. :raises Activity.DoesNotExist: when there is no such record.
    """
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():  # rolling back to here gives back the locks of a failed attempt
                return _lock_once(activity_id, new_host_id)
        except _Grown:
            continue
    raise Conflict(_("มีผู้แก้ไขรายการที่เกี่ยวข้องอยู่พร้อมกัน รอสักครู่แล้วทำอีกครั้ง"))


def _lock_once(activity_id: int, new_host_id: int | None) -> Family:
    wanted = _ids(activity_id) | ({new_host_id} if new_host_id else set())
    locked = {
        row.pk: row
        for row in Activity.objects.select_for_update(of=("self",))
        .select_related("organization", "kind")
        .filter(pk__in=wanted)
        .order_by("pk")
    }
    if activity_id not in locked:
        raise Activity.DoesNotExist(f"activity {activity_id}")
    if not _ids(activity_id) <= locked.keys():
        raise _Grown
    activity = locked[activity_id]
    for row in locked.values():
        if row.host_activity_id in locked:
            row.host_activity = locked[row.host_activity_id]
    guests = [row for row in locked.values() if row.host_activity_id == activity_id]
    counted = {row.pk: contribution(row) for row in [activity, *guests]}
    return Family(activity=activity, guests=guests, counted=counted)


def _ids(activity_id: int) -> set[int]:
    """The record, its host's record and its guests' records."""
    found: set[int] = set()
    rows = Activity.objects.filter(Q(pk=activity_id) | Q(host_activity=activity_id))
    for pk, host_id in rows.values_list("pk", "host_activity_id"):
        found.add(pk)
        if pk == activity_id and host_id is not None:
            found.add(host_id)
    return found
