"""How much two Thai texts are alike."""

from collections import Counter
from difflib import SequenceMatcher

from jitasa.thai.text import normalise


def are_alike(one: str, two: str, least: float) -> bool:
    """Whether ``likeness`` is at least so much; texts that cannot be are told by their letters alone."""
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return False
    if first == second:
        return True
    most = 2 * sum((Counter(first) & Counter(second)).values()) / (len(first) + len(second))
    return most >= least and SequenceMatcher(None, first, second, autojunk=False).ratio() >= least


def likeness(one: str, two: str) -> float:
    """0 to 1: how much of two Thai texts is the same, spaces and spelling variants aside."""
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _letters(text: str) -> str:
    return normalise(text).replace(" ", "").lower()
