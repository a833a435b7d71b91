"""Look for what is wrong with a record and keep what was found, with the evidence.

Sending only puts a record down as due a look (``activities.models.FlagDue``) and ``awaits_look``, and so
does withdrawing one that had been sent: the worker looks when its
pictures are prepared (``flag_pending``), for only then can nearly identical ones be found. Until then it
is not accepted together with others; whoever accepts it alone looks with ``look_now``.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from jitasa.activities.models import Activity, ActivityPhoto, FlagDue
from jitasa.photos.models import PhotoState
from jitasa.review.models import Flag
from jitasa.review.rules_flags import Finding, find_all
from jitasa.review.selectors.similar import SENT, facts_of


def look_now(activity: Activity, now: datetime) -> int:
    """Take the first look that is still to come; returns the number of flags.

    For who accepts a record before the worker has come to it. The worker's look stays due: pictures
    that are being prepared are compared then.
    """
    with transaction.atomic():
        locked = _locked(activity.pk)
        if locked.awaits_look:
            _look(locked, now)
        activity.awaits_look, activity.flag_count = locked.awaits_look, locked.flag_count
    return locked.flag_count


def flag_pending(now: datetime, *, limit: int = 200) -> int:
    """Look at records whose pictures are all prepared (or broken); returns the number looked at.

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
        activity = _locked(activity_id)
        due = FlagDue.objects.filter(pk=activity_id)
        if not due.exists():  # another worker was faster
            return 0
        _look(activity, now)
        due.delete()  # last: whoever wants it to be there finds it and does not wait while we wait for others
    return 1


def _locked(activity_id: int) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("organization")
    return rows.get(pk=activity_id)


def _look(activity: Activity, now: datetime) -> int:
    """Bring the stored flags to what the rules find now; the other records concerned are due a look.

    A record that is out of the count has no flags and is no evidence for another's.
    """
    sent = activity.status in SENT
    findings = find_all(facts_of(activity)) if sent else []
    changed = _store(activity, findings, now)
    if not sent:
        changed.update(_pointing_to(activity))
    if activity.flag_count != len(findings) or activity.awaits_look:
        activity.flag_count, activity.awaits_look = len(findings), False
        Activity.objects.filter(pk=activity.pk).update(flag_count=len(findings), awaits_look=False)
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
