"""A row as it was read from a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SheetRow:
    """``line`` as the program shows it; ``cells`` by the key of the column; ``doubts`` about the row itself."""

    line: int
    cells: Mapping[str, str]
    doubts: tuple[str, ...] = ()
    hidden: bool = False
