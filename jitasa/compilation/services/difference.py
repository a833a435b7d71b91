"""One stored number that is not what the records say."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """``what`` names the number (``tally``, ``activity.photo_count`` …), ``where`` its row in words.

    ``key`` is what a repair needs to find the row; ``repairable`` is false where a person must decide.
    """

    what: str
    where: str
    stored: str
    counted: str
    key: tuple[Any, ...] = ()
    repairable: bool = True

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "key": [str(part) for part in self.key]}
