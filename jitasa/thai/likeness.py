"""How much two Thai texts are alike."""

from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import Indel

from jitasa.thai.text import normalise


def are_alike(one: str, two: str, least: float) -> bool:
    """Whether ``likeness`` is at least so much.

    Most pairs are told apart by the longest common subsequence, of which the parts that ``likeness``
    counts are one: it is never less, and a hundred times as fast.
    """
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return False
    if first == second:
        return True
    return (
        Indel.normalized_similarity(first, second, score_cutoff=least) >= least
        and _ratio(first, second) >= least
    )


def likeness(one: str, two: str) -> float:
    """0 to 1: how much of two Thai texts is the same, spaces and spelling variants aside."""
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return 0.0
    return _ratio(first, second)


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


@lru_cache(2048)  # a text is compared with many
def _letters(text: str) -> str:
    return normalise(text).replace(" ", "").lower()
