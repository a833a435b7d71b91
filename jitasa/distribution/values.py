"""Recipients as an office chooses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """Recipients as an office says them.

    ``presets`` are keys of ``selectors.recipients.PRESETS`` or ``laos_in:<code>`` (``selectors.areas``),
    ``groups`` ids of saved groups, ``offices`` ids of single offices.
    """

    presets: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    offices: tuple[int, ...] = ()

    @classmethod
    def stored(cls, given: Mapping[str, Any]) -> "Recipients":
        """The choice as it stands in ``Sending.recipients``."""
        return cls(
            presets=tuple(given.get("presets", ())),
            groups=tuple(given.get("groups", ())),
            offices=tuple(given.get("offices", ())),
        )


@dataclass(frozen=True)
class Addressee:
    """An office that will receive something; ``addressed_id`` is the merged office that was chosen.

    ``path`` and ``level`` are the office's own at the moment of choosing.
    """

    recipient_id: int
    addressed_id: int | None = None
    path: str = ""
    level: str = ""
