"""How much two Thai texts are alike."""

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from jitasa.thai.text import normalise


def are_alike(one: str, two: str, least: float) -> bool:
    """Whether ``likeness`` is at least so much; texts that cannot be are told by their letters alone."""
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return False
    if first == second:
        return True
    both = len(first) + len(second)
    if 2 * min(len(first), len(second)) < least * both:
        return False
    theirs = _counted(second)
    common = sum([min(count, theirs.get(letter, 0)) for letter, count in _counted(first).items()])
    return (
        2 * common >= least * both and SequenceMatcher(None, first, second, autojunk=False).ratio() >= least
    )


def likeness(one: str, two: str) -> float:
    """0 to 1: how much of two Thai texts is the same, spaces and spelling variants aside."""
    first, second = _letters(one), _letters(two)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


@lru_cache(2048)
def _counted(letters: str) -> Counter[str]:
    """Read only."""
    return Counter(letters)


@lru_cache(2048)  # a text is compared with many
def _letters(text: str) -> str:
    return normalise(text).replace(" ", "").lower()
