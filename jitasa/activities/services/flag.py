"""Look for what is wrong with a record and keep what was found, with the evidence.

``flag`` runs in the transaction that sends the record, so that the reviewer never sees it bare. A
second look (``flag_pending``, called by the worker) follows when its pictures are prepared: only then
can nearly identical ones be found, and only then are records seen that were sent in the same moment.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from jitasa.activities.models import Activity, ActivityPhoto, Flag, FlagDue
from jitasa.activities.rules_flags import Finding, find_all
from jitasa.activities.selectors.similar import SENT, facts_of
from jitasa.photos.models import PhotoState


def flag(*, activity: Activity, now: datetime) -> int:
    """Flag a record that is being sent or withdrawn, under the caller's lock; returns the number of flags.

    Call it after the record's content, photos and status are saved. Sets ``flag_count`` on the row
    and on ``activity``. A withdrawn record loses its flags, and so do those that pointed to it, in
    their next look.
    """
    with transaction.atomic():
        count = _look(activity, now)
        again = [activity.pk] if activity.status in SENT else _pointing_to(activity)
        _look_later(again, now)
    return count


def flag_pending(now: datetime, *, limit: int = 200) -> int:
    """Look again at records whose pictures are all prepared (or broken); returns how many were looked at.

    For the worker's loop and the seeding of data. Each record is one transaction of its own; a record
    that somebody is changing right now is waited for.
    """
    waiting = ActivityPhoto.objects.filter(activity=OuterRef("activity"), photo__state=PhotoState.PENDING)
    due = FlagDue.objects.filter(~Exists(waiting), since__lte=now).order_by("since", "activity_id")
    looked = 0
    for activity_id in list(due.values_list("activity_id", flat=True)[:limit]):
        looked += _look_again(activity_id, now)
    return looked


def _look_again(activity_id: int, now: datetime) -> int:
    with transaction.atomic():
        activity = (
            Activity.objects.select_for_update(of=("self",))
            .select_related("organization")
            .get(pk=activity_id)
        )
        deleted, _models = FlagDue.objects.filter(pk=activity_id).delete()
        if not deleted:  # another worker was faster
            return 0
        _look(activity, now)
    return 1


def _look(activity: Activity, now: datetime) -> int:
    """Bring the stored flags to what the rules find now; the other records concerned are due a look."""
    findings = find_all(facts_of(activity)) if activity.status in SENT else []
    changed = _store(activity, findings, now)
    if activity.flag_count != len(findings):
        activity.flag_count = len(findings)
        Activity.objects.filter(pk=activity.pk).update(flag_count=len(findings))
    _look_later(changed, now)
    return len(findings)


def _store(activity: Activity, findings: list[Finding], now: datetime) -> set[int]:
    """Write the differences; returns the other records of flags that came or went."""
    stored = {(row.kind, row.other_id): row for row in activity.flags.all()}
    wanted = {finding.key: finding for finding in findings}
    gone = [row for key, row in stored.items() if key not in wanted]
    fresh = [finding for key, finding in wanted.items() if key not in stored]
    Flag.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Flag.objects.bulk_create(
        Flag(
            activity=activity,
            kind=finding.kind,
            other_id=finding.other_id,
            evidence=finding.evidence,
            found_at=now,
        )
        for finding in fresh
    )
    for key, row in stored.items():
        if key in wanted and row.evidence != wanted[key].evidence:
            row.evidence = wanted[key].evidence
            row.save(update_fields=["evidence"])
    others = {row.other_id for row in gone} | {finding.other_id for finding in fresh}
    return {pk for pk in others if pk is not None}


def _pointing_to(activity: Activity) -> list[int]:
    return list(Flag.objects.filter(other=activity.pk).values_list("activity_id", flat=True).distinct())


def _look_later(activity_ids: Iterable[int], now: datetime) -> None:
    rows = [FlagDue(activity_id=pk, since=now) for pk in sorted(set(activity_ids))]
    FlagDue.objects.bulk_create(rows, ignore_conflicts=True)
