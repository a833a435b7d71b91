"""Lists in the order of the Thai dictionary, where no ``sort_key`` is stored: for lists that stand on one page."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from jitasa.thai.text import sort_key

Row = TypeVar("Row")


def by_dictionary(rows: Iterable[Row], words: Callable[[Row], str]) -> list[Row]:
    """``rows`` in dictionary order of what ``words`` says of each; equals stay as they were."""
    return sorted(rows, key=lambda row: sort_key(words(row)))
