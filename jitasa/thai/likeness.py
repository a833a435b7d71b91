"""How much two Thai texts are alike."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

from jitasa.thai.text import normalise


def alike(one: str, others: Sequence[str], least: float) -> set[int]:
    """The places of the texts whose ``likeness`` with ``one`` is at least so much; all as :func:`letters` gives them.

    Most pairs are told apart by the longest common subsequence, of which the parts that ``likeness``
    counts are one: it is never less, and all others are asked in one call.
    """
    if not one or not others:
        return set()
    near = process.extract(
        one, others, scorer=Indel.normalized_similarity, processor=None, score_cutoff=least, limit=None
    )
    return {place for other, _score, place in near if other == one or _ratio(one, other) >= least}


def likeness(one: str, two: str) -> float:
    """0 to 1: how much of two Thai texts is the same, spaces and spelling variants aside."""
    first, second = letters(one), letters(two)
    if not first or not second:
        return 0.0
    return _ratio(first, second)


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


@lru_cache(2048)  # a text is compared with many
def letters(text: str) -> str:
    """What is compared of a text: one spelling, without spaces and capitals."""
    return normalise(text).replace(" ", "").lower()
