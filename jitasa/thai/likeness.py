"""How much two Thai texts are alike."""

from difflib import SequenceMatcher

from jitasa.thai.text import normalise


def likeness(one: str, two: str) -> float:
    """0 to 1: how much of two Thai texts is the same, spaces and spelling variants aside."""
    first, second = (normalise(text).replace(" ", "").lower() for text in (one, two))
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
