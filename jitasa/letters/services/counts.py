"""Keep the counts of a letter's chain as things happen, for the office and all above it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F

from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, FollowCount, Letter

Amounts = Counter[str]
Parts = dict[int, tuple[str, Amounts]]  # a dispatch's id → its recipient's path and what to add
# Each step, and the steps since one of which its time is counted: the latest that was done.
BEFORE = {
    "opened": ("delivered",),
    "registered": ("opened", "delivered"),
    "passed_on": ("registered", "opened", "delivered"),
    "answered": ("opened", "delivered"),
}


def above(path: str) -> list[int]:
    """Ids of the office and all above it, from the top: ``/1/82/960/`` → ``[1, 82, 960]``."""
    return [int(part) for part in path.split("/") if part]


def step(*, dispatch: Dispatch, name: str, back: bool = False) -> None:
    """Count that the step ``name`` was done (``back``: undone) by the recipient of ``dispatch``.

    Call it when ``<name>_at`` is set, or still set when it is taken back. What happens to a covering
    letter that was called back no longer counts. Runs inside the transaction of the act.
    """
    step_many(dispatches=[dispatch], name=name, back=back)


def step_many(*, dispatches: Sequence[Dispatch], name: str, back: bool = False) -> None:
    """The same for many, of whatever letters."""
    if name not in BEFORE:
        raise ValueError(name)
    chains: dict[int, tuple[Letter, Parts]] = {}
    for row in dispatches:
        if not is_counted(row.letter):
            continue
        amounts = Counter({name: 1, f"{name}_seconds": _seconds(row, name)})
        if name == "opened" and row.recipient.is_lao:
            amounts["lao_opened"] = 1
        _letter, parts = chains.setdefault(row.letter.chain_id, (row.letter, {}))
        parts[row.pk] = (row.recipient.path, amounts)
    for _chain, (letter, parts) in sorted(chains.items()):
        _add(letter, parts, -1 if back else 1)


def delivered(*, letter: Letter, dispatches: Sequence[Dispatch]) -> None:
    """Count that the letter has come to the recipients of new ``dispatches``."""
    _add(letter, {row.pk: (row.recipient.path, _delivery(letter, row)) for row in dispatches}, 1)


def take_back(letter: Letter) -> None:
    """Nothing of a covering letter that was called back counts any more."""
    rows = letter.dispatches.select_related("recipient")
    amounts: Parts = {}
    for row in rows:
        found = _delivery(letter, row)
        for name in BEFORE:
            if getattr(row, f"{name}_at"):
                found[name] += 1
                found[f"{name}_seconds"] += _seconds(row, name)
        if row.opened_at and row.recipient.is_lao:
            found["lao_opened"] += 1
        amounts[row.pk] = (row.recipient.path, found)
    _add(letter, amounts, -1)


def is_counted(letter: Letter) -> bool:
    """Whether what happens to the letter still counts: not for a covering letter that was called back."""
    return letter.parent_id is None or letter.status != LetterStatus.RECALLED


def _delivery(letter: Letter, row: Dispatch) -> Amounts:
    amounts: Amounts = Counter(delivered=1)
    if rules.is_asked(letter, row.recipient):
        amounts["asked"] = 1
    if row.recipient.is_lao:
        amounts["lao_delivered"] = 1
    return amounts


def _seconds(row: Dispatch, name: str) -> int:
    done: datetime = getattr(row, f"{name}_at")
    before = (getattr(row, f"{earlier}_at") for earlier in BEFORE[name])
    since = next(at for at in before if (at is not None and at <= done) or at == row.delivered_at)
    return max(0, int((done - since).total_seconds()))


def _add(letter: Letter, amounts: Parts, sign: int) -> None:
    """Add the amounts to the offices at the paths and to all above them.

    Rows are locked in the order of their office's id, so that two acts never wait for each other in
    a ring; offices that get the same amounts are changed in one statement.
    """
    totals: dict[int, Amounts] = {}
    for path, amount in amounts.values():
        for pk in above(path):
            totals.setdefault(pk, Counter()).update(amount)
    ids = sorted(totals)
    FollowCount.objects.bulk_create(
        [FollowCount(letter_id=letter.chain_id, organization_id=pk) for pk in ids], ignore_conflicts=True
    )
    rows = FollowCount.objects.filter(letter_id=letter.chain_id, organization_id__in=ids)
    list(rows.select_for_update().order_by("organization_id").values_list("pk"))
    for same, members in _by_amounts(totals):
        changes = {name: F(name) + sign * amount for name, amount in same}
        rows.filter(organization_id__in=members).update(**changes)


def _by_amounts(totals: dict[int, Amounts]) -> Iterable[tuple[tuple[tuple[str, int], ...], list[int]]]:
    groups: dict[tuple[tuple[str, int], ...], list[int]] = {}
    for pk, amount in sorted(totals.items()):
        groups.setdefault(tuple(sorted(amount.items())), []).append(pk)
    return groups.items()
