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
    for chain_id, parts in sorted(chains.items()):
        more = [(path, +amounts) for path, amounts in parts]
        less = [(path, -amounts) for path, amounts in parts if -amounts]
        if back:
            more, less = less, more
        if more:
            counts.add(FollowCount, {"letter": chain_id}, more)
        if less:
            counts.take_back(FollowCount, {"letter": chain_id}, less)


def delivered(*, letter: Letter, dispatches: Sequence[Dispatch], laos: frozenset[int]) -> None:
    """Count that the letter has come to the recipients of new ``dispatches``; ``laos``: those that are one."""
    parts = [(row.path, _delivery(letter, is_lao=row.recipient_id in laos)) for row in dispatches]
    counts.add(FollowCount, {"letter": letter.chain_id}, parts)


def take_back(letter: Letter) -> None:
    """Nothing of a covering letter that was called back counts any more. Its dispatches are locked."""
    rows = (
        letter.dispatches.select_for_update(of=("self",), no_key=True)
        .select_related("recipient")
        .order_by("pk")
    )
    parts = [(row.path, amounts_of(letter, row)) for row in rows]
    if parts:
        counts.take_back(FollowCount, {"letter": letter.chain_id}, parts)


def amounts_of(letter: Letter, row: Dispatch) -> Amounts:
    """Everything a dispatch adds to the counts in its present state."""
    return _delivery(letter, is_lao=row.recipient.is_lao) + _steps(row)


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
    """What the step ``name`` changes; below nothing where a later step is now counted from this one.

    A stamp on paper is noted afterwards with the time that is written on it.
    """
    change = _steps(row)
    change.subtract(_steps(row, without=name))
    return change


def _steps(row: Dispatch, without: str = "") -> Amounts:
    found: Amounts = Counter()
    done = {name for name in BEFORE if name != without and getattr(row, f"{name}_at")}
    for name in done:
        found[name] = 1
        found[f"{name}_seconds"] = _seconds(row, name, done | {"delivered"})
    if "opened" in done and row.recipient.is_lao:
        found["lao_opened"] = 1
    return found


def _delivery(letter: Letter, *, is_lao: bool) -> Amounts:
    amounts: Amounts = Counter(delivered=1)
    if rules.is_asked(letter, is_lao=is_lao):
        amounts["asked"] = 1
    if is_lao:
        amounts["lao_delivered"] = 1
    return amounts


def _seconds(row: Dispatch, name: str, done: set[str]) -> int:
    at: datetime = getattr(row, f"{name}_at")
    before = (getattr(row, f"{earlier}_at") for earlier in BEFORE[name] if earlier in done)
    since = next(each for each in before if each <= at or each == row.delivered_at)
    return max(0, int((at - since).total_seconds()))
