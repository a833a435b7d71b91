"""Keep the counts of a letter's chain as things happen, for the office and all above it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from jitasa.distribution.services import counts
from jitasa.distribution.services.counts import Amounts
from jitasa.letters import rules
from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Dispatch, FollowCount, Letter

# Each step, and the steps since one of which its time is counted: the latest that was done.
BEFORE = {
    "opened": ("delivered",),
    "registered": ("opened", "delivered"),
    "passed_on": ("registered", "opened", "delivered"),
    "answered": ("opened", "delivered"),
}


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
    gone = _called_back(dispatches)
    chains: dict[int, list[tuple[str, Amounts]]] = {}
    for row in dispatches:
        if row.letter_id not in gone:
            chains.setdefault(row.letter.chain_id, []).append((row.path, _of_step(row, name)))
    change = counts.take_back if back else counts.add
    for chain_id, parts in sorted(chains.items()):
        change(FollowCount, {"letter": chain_id}, parts)


def delivered(*, letter: Letter, dispatches: Sequence[Dispatch], laos: frozenset[int]) -> None:
    """Count that the letter has come to the recipients of new ``dispatches``; ``laos``: those that are one."""
    parts = [(row.path, _delivery(letter, is_lao=row.recipient_id in laos)) for row in dispatches]
    counts.add(FollowCount, {"letter": letter.chain_id}, parts)


def take_back(letter: Letter) -> None:
    """Nothing of a covering letter that was called back counts any more. Its dispatches are locked."""
    rows = letter.dispatches.select_for_update(of=("self",)).select_related("recipient").order_by("pk")
    parts = [(row.path, amounts_of(letter, row)) for row in rows]
    if parts:
        counts.take_back(FollowCount, {"letter": letter.chain_id}, parts)


def amounts_of(letter: Letter, row: Dispatch) -> Amounts:
    """Everything a dispatch adds to the counts in its present state."""
    found = _delivery(letter, is_lao=row.recipient.is_lao)
    for name in BEFORE:
        if getattr(row, f"{name}_at"):
            found.update(_of_step(row, name))
    return found


def _called_back(dispatches: Sequence[Dispatch]) -> set[int]:
    """The covering letters among those of locked ``dispatches`` that were called back: they no longer count.

    Read anew, because a letter read together with its dispatch may be older than the lock.
    """
    coverings = {row.letter_id for row in dispatches if row.letter.parent_id is not None}
    if not coverings:
        return set()
    rows = Letter.objects.filter(pk__in=coverings, status=LetterStatus.RECALLED)
    return set(rows.values_list("pk", flat=True))


def _of_step(row: Dispatch, name: str) -> Amounts:
    amounts: Amounts = Counter({name: 1, f"{name}_seconds": _seconds(row, name)})
    if name == "opened" and row.recipient.is_lao:
        amounts["lao_opened"] = 1
    return amounts


def _delivery(letter: Letter, *, is_lao: bool) -> Amounts:
    amounts: Amounts = Counter(delivered=1)
    if rules.is_asked(letter, is_lao=is_lao):
        amounts["asked"] = 1
    if is_lao:
        amounts["lao_delivered"] = 1
    return amounts


def _seconds(row: Dispatch, name: str) -> int:
    done: datetime = getattr(row, f"{name}_at")
    before = (getattr(row, f"{earlier}_at") for earlier in BEFORE[name])
    since = next(at for at in before if (at is not None and at <= done) or at == row.delivered_at)
    return max(0, int((done - since).total_seconds()))
