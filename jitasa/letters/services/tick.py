"""Answers the system sees itself: an activity recorded for the occasion a letter asks about.

Read from the tallies, which the records keep in their own transaction. A record taken back takes the
answer back, too.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind, LetterStatus
from jitasa.letters.models import Answer, Dispatch
from jitasa.letters.services import counts
from jitasa.rounds.models import Tally
from jitasa.rounds.selectors.tallies import LIVE

CHUNK = 500


def tick_activities(*, now: datetime, chain_id: int | None = None, recipient_id: int | None = None) -> int:
    """Mark as answered who has recorded, unmark who no longer has; return the number that changed.

    Of one letter's chain, of one office, or of all issued letters that ask for an activity.
    """
    rows = _asked(chain_id, recipient_id)
    recorded = list(rows.filter(_recorded(), answered_at=None).values_list("pk", flat=True))
    gone = list(rows.filter(~_recorded(), answered_at__isnull=False).values_list("pk", flat=True))
    for start in range(0, len(recorded), CHUNK):
        _mark(recorded[start : start + CHUNK], now)
    for start in range(0, len(gone), CHUNK):
        _unmark(gone[start : start + CHUNK])
    return len(recorded) + len(gone)


def _asked(chain_id: int | None, recipient_id: int | None) -> QuerySet[Dispatch]:
    rows = Dispatch.objects.filter(
        letter__status=LetterStatus.ISSUED,
        letter__answer_kind=AnswerKind.ACTIVITY,
        letter__answer_occasion__isnull=False,
        recipient__level="lao",
    )
    if chain_id is not None:
        rows = rows.filter(Q(letter=chain_id) | Q(letter__root=chain_id))
    return rows if recipient_id is None else rows.filter(recipient=recipient_id)


def _recorded() -> Exists:
    return Exists(
        Tally.objects.filter(
            LIVE,
            organization=OuterRef("recipient"),
            occasion_id=OuterRef("letter__answer_occasion_id"),
            activities__gt=0,
        )
    )


def _locked(pks: list[int]) -> list[Dispatch]:
    rows = Dispatch.objects.select_for_update(of=("self",), no_key=True).select_related("letter", "recipient")
    return list(rows.filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def _mark(pks: list[int], now: datetime) -> None:
    rows = [row for row in _locked(pks) if row.answered_at is None]
    for row in rows:
        row.answered_at = now
    Dispatch.objects.bulk_update(rows, ["answered_at"])
    Answer.objects.bulk_create(
        [Answer(dispatch=row, kind=AnswerKind.ACTIVITY, at=now) for row in rows], ignore_conflicts=True
    )
    counts.step_many(dispatches=rows, name="answered")


@transaction.atomic
def _unmark(pks: list[int]) -> None:
    rows = [row for row in _locked(pks) if row.answered_at is not None]
    counts.step_many(dispatches=rows, name="answered", back=True)
    for row in rows:
        row.answered_at = None
        row.escalate_at = rules.escalates_at(row)  # it may be late again
    Dispatch.objects.bulk_update(rows, ["answered_at", "escalate_at"])
    Answer.objects.filter(dispatch__in=rows).delete()
