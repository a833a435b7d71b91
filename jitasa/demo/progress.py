"""How far the demonstration has come: whoever stops it half-way goes on where it stood, with the same story.

A small file in the data folder, there from the first row to the last.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Begun:
    """When the story is told from, and how many months it goes back."""

    now: datetime
    months: int


def _file() -> Path:
    return Path(settings.DATA_DIR) / "demo.json"


def unfinished() -> Begun | None:
    """The demonstration that was begun and not ended, if any."""
    try:
        said = json.loads(_file().read_text("ascii"))
    except FileNotFoundError:
        return None
    return Begun(datetime.fromisoformat(said["now"]), int(said["months"]))


def begin(now: datetime, months: int) -> Begun:
    """The unfinished one, or a new one."""
    begun = unfinished() or Begun(now, months)
    _file().write_text(json.dumps({"now": begun.now.isoformat(), "months": begun.months}), "ascii")
    return begun


def end() -> None:
    _file().unlink(missing_ok=True)
