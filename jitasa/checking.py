"""What ``jitasa check`` compares: every app that keeps numbers registers how to count them again."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One stored number that is not what the records say.

    ``what`` names the number (``tally``, ``activity.photo_count`` …), ``where`` its row in words.
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


@dataclass(frozen=True)
class Check:
    """The numbers whose ``Difference.what`` begins with ``prefix``; ``repair`` runs in a transaction."""

    prefix: str
    differences: Callable[[], Iterable[Difference]]
    repair: Callable[[Difference, datetime], None]


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Called by ``AppConfig.ready``; a prefix registered again replaces the first."""
    _checks[check.prefix] = check


def registered() -> list[Check]:
    """Every check, in the order of their prefixes."""
    return [_checks[prefix] for prefix in sorted(_checks)]


def check_for(difference: Difference) -> Check | None:
    """The registered check that found a difference, if one did."""
    return next((each for each in registered() if difference.what.startswith(each.prefix)), None)
