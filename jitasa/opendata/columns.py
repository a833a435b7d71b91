"""What a dataset's column is: one description from which header, dictionary, keys and tests are made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jitasa.ui.days import english


class ValueKind(StrEnum):
    """Kinds of value; ``MAP`` is ``code=quantity`` pairs and ``LIST`` several words (objects in JSON)."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    MONTH = "month"
    URL = "url"
    MAP = "map"
    LIST = "list"


KIND_WORDS = {
    ValueKind.TEXT: ("ข้อความ", "text"),
    ValueKind.INTEGER: ("จำนวนเต็ม", "integer"),
    ValueKind.NUMBER: ("จำนวน", "number"),
    ValueKind.BOOLEAN: ("ใช่/ไม่ใช่ (true/false)", "true or false"),
    ValueKind.DATE: ("วันที่ ค.ศ. แบบ 2026-11-22", "date, 2026-11-22"),
    ValueKind.TIME: ("เวลาประเทศไทย แบบ 08:30:00", "time in Thailand, 08:30:00"),
    ValueKind.MONTH: ("เดือน ค.ศ. แบบ 2026-11", "month, 2026-11"),
    ValueKind.URL: ("ที่อยู่เว็บ", "web address"),
    ValueKind.MAP: ("รหัส=จำนวน คั่นด้วย ; (JSON เป็นออบเจกต์)", "code=quantity joined by ; (an object in JSON)"),
    ValueKind.LIST: ("หลายค่า คั่นด้วย ; (JSON เป็นรายการ)", "several values joined by ; (a list in JSON)"),
}


@dataclass(frozen=True)
class Column:
    """``source`` is the lookup or attribute the value is read from, empty where it is added per row.

    ``shape`` changes what was read into what is published.
    """

    key: str
    kind: ValueKind
    title: str
    title_en: str
    meaning: str
    meaning_en: str
    source: str = ""
    shape: Callable[[Any], Any] | None = None

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return self.title_en if english() else self.title

    @property
    def explanation(self) -> str:
        """The meaning in the reader's language."""
        return self.meaning_en if english() else self.meaning

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind][1 if english() else 0]
