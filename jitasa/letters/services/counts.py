"""Keep the counts of a letter's chain as things happen, for the office and all above it."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from jitasa.letters.models import FollowCount, Letter

STEPS = ("delivered", "opened", "registered", "passed_on", "answered")


def above(path: str) -> list[int]:
    """Ids of the office and all above it, from the top: ``/1/82/960/`` → ``[1, 82, 960]``."""
    return [int(part) for part in path.split("/") if part]


def add(*, letter: Letter, step: str, paths: Iterable[str], by: int = 1) -> None:
    """Count ``step`` for the offices at ``paths`` and all above them (``by=-1`` takes it back).

    Rows are touched in the order of their office's id, so that two acts never wait for each other in
    a ring. Runs inside the transaction of the act.
    """
    if step not in STEPS:
        raise ValueError(step)
    totals = Counter(organization_id for path in paths for organization_id in above(path))
    ids = sorted(totals)
    FollowCount.objects.bulk_create(
        [FollowCount(letter_id=letter.chain_id, organization_id=pk) for pk in ids], ignore_conflicts=True
    )
    by_amount: dict[int, list[int]] = {}
    for pk in ids:
        by_amount.setdefault(totals[pk], []).append(pk)
    rows = FollowCount.objects.filter(letter_id=letter.chain_id)
    list(
        rows.filter(organization_id__in=ids).select_for_update().order_by("organization_id").values_list("pk")
    )
    for amount, members in sorted(by_amount.items()):
        rows.filter(organization_id__in=members).update(**{step: F(step) + amount * by})
