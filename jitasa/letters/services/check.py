"""The counts kept of letters, made anew from the dispatches (part of ``jitasa check``).

Nothing here uses the code that keeps the counts, so that a mistake in the keeping cannot hide itself.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from jitasa.checking import Check, Difference
from jitasa.distribution.services.check import sent_counts, set_sent_count
from jitasa.distribution.services.counts import parents
from jitasa.letters.choices import AnswerKind, LetterStatus, Origin
from jitasa.letters.models import Dispatch, FollowCount, Letter
from jitasa.organizations.choices import Level

Counts = dict[str, int]
NOTHING: Counts = dict.fromkeys(FollowCount.COUNTS, 0)
STEPS = ("opened", "registered", "passed_on", "answered")
CHUNK = 2000


def differences() -> Iterator[Difference]:
    """Wrong, missing and phantom counts of every chain, one chain in memory at a time."""
    chains = Letter.objects.filter(parent=None).exclude(
        status__in=[LetterStatus.DRAFT, LetterStatus.AWAITING]
    )
    for letter in chains.only("pk", "number", "subject").order_by("pk").iterator(CHUNK):
        stored, counted = _stored(letter.pk), counted_of(letter.pk)
        for office in sorted(stored.keys() | counted.keys()):
            have, want = stored.get(office, NOTHING), counted.get(office, NOTHING)
            if have != want:
                yield _difference(letter, office, have, want)
    own = Letter.objects.filter(origin=Origin.OWN, send_total__gt=0)
    yield from sent_counts(own, what="letter", deliveries="dispatches")


def _difference(letter: Letter, office: int, have: Counts, want: Counts) -> Difference:
    wrong = [name for name in FollowCount.COUNTS if have[name] != want[name]]
    return Difference(
        what="letter.follow_count",
        where=f"หนังสือ {letter} หน่วยงาน {office}",
        stored=", ".join(f"{name}={have[name]}" for name in wrong),
        counted=", ".join(f"{name}={want[name]}" for name in wrong),
        key=(letter.pk, office),
    )


def _stored(chain_id: int) -> dict[int, Counts]:
    rows = FollowCount.objects.filter(letter=chain_id).values("organization_id", *FollowCount.COUNTS)
    found = {row.pop("organization_id"): row for row in rows}
    return {office: counts for office, counts in found.items() if counts != NOTHING}


def counted_of(chain_id: int) -> dict[int, Counts]:
    """Office id → the counts of the dispatches whose path at delivery leads through it."""
    totals: dict[int, Counts] = {}
    for row in _rows(chain_id):
        amounts = _amounts(row)
        for part in row["path"].strip("/").split("/"):
            counts = totals.setdefault(int(part), dict(NOTHING))
            for name, amount in amounts.items():
                counts[name] += amount
    return totals


def _rows(chain_id: int) -> Iterator[dict[str, Any]]:
    rows: QuerySet[Any, Any] = Dispatch.objects.filter(Q(letter=chain_id) | Q(letter__root=chain_id))
    rows = rows.exclude(letter__parent__isnull=False, letter__status=LetterStatus.RECALLED)
    times = [f"{name}_at" for name in ("delivered", *STEPS)]
    facts = {"level": F("recipient__level"), "answer_kind": F("letter__answer_kind")}
    return iter(rows.order_by("pk").values("path", *times, **facts).iterator(CHUNK))


def _amounts(row: dict[str, Any]) -> Counts:
    is_lao = row["level"] == Level.LAO
    asked = row["answer_kind"] != AnswerKind.NONE and (is_lao or row["answer_kind"] != AnswerKind.ACTIVITY)
    amounts = {
        "delivered": 1,
        "asked": int(asked),
        "lao_delivered": int(is_lao),
        "lao_opened": int(is_lao and row["opened_at"] is not None),
    }
    for name in STEPS:
        if (done := row[f"{name}_at"]) is not None:
            amounts[name] = 1
            amounts[f"{name}_seconds"] = int(max(0.0, (done - _since(row, name, done)).total_seconds()))
    return amounts


def _since(row: dict[str, Any], name: str, done: datetime) -> datetime:
    """The latest of the steps that go before and were done by then; the delivery if none was.

    An answer is counted from the opening, whether it was registered or passed on in between or not.
    """
    earlier = ("opened",) if name == "answered" else STEPS[: STEPS.index(name)]
    for step in reversed(earlier):
        at: datetime | None = row[f"{step}_at"]
        if at is not None and at <= done:
            return at
    return row["delivered_at"]  # type: ignore[no-any-return]  # a row of values


def repair(difference: Difference, _now: datetime) -> None:
    """Set one count as it was counted; whoever is counting waits and adds afterwards."""
    if difference.what == "letter.sent_count":
        set_sent_count(Letter, difference)
        return
    chain_id, office = difference.key
    made = {"above_id": _above(chain_id, office)}
    FollowCount.objects.get_or_create(letter_id=chain_id, organization_id=office, defaults=made)
    row = FollowCount.objects.select_for_update(no_key=True).get(letter_id=chain_id, organization_id=office)
    for name, amount in counted_of(chain_id).get(office, NOTHING).items():
        setattr(row, name, amount)
    row.save()


def _above(chain_id: int, office: int) -> int | None:
    """The office above in the first path of the chain that leads through ``office``."""
    rows = Dispatch.objects.filter(
        Q(letter=chain_id) | Q(letter__root=chain_id), path__contains=f"/{office}/"
    )
    path = rows.order_by("delivered_at", "pk").values_list("path", flat=True).first() or ""
    return parents([path]).get(office)


CHECK = Check("letter.", differences, repair)
