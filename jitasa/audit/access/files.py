"""The files of the access log: one for each process and day, one JSON object a line, each line chained.

A line's ``mac`` is keyed over the line and the ``mac`` before it; the first line carries the file's own
name and the end of the file that the same process wrote the day before.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from jitasa.keys import KeyRing

PURPOSE = "access_log.line"
LONGEST_TAIL = 65_536  # bytes; a line has a tenth at most
Line = tuple[dict[str, Any], str, str]  # fields, signed text, mac
_NAME = re.compile(r"access-(\d{4}-\d{2}-\d{2})-[\w.-]+\.jsonl")
_LINE = re.compile(r'(?P<body>\{.+),"mac":"(?P<mac>[0-9a-f]{64})"\}')


@dataclass(frozen=True)
class LogFile:
    """One file, plain or compressed; ``name`` is the plain one's."""

    path: Path
    name: str
    day: date

    def lines(self) -> Iterator[str]:
        """Every line without its end; a last line that was never finished comes too."""
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
            for line in file:
                yield line.removesuffix("\n")


def ring() -> KeyRing:
    return settings.KEYS["access_log"]


def folder() -> Path:
    return Path(settings.ACCESS_LOG_DIR)


def files() -> list[LogFile]:
    """All files, oldest day first; of a file being compressed only one of its two forms."""
    found: dict[str, LogFile] = {}
    for path in sorted(folder().glob("access-*")) if folder().is_dir() else []:
        name = path.name.removesuffix(".gz")
        if (match := _NAME.fullmatch(name)) and name not in found:
            found[name] = LogFile(path, name, date.fromisoformat(match[1]))
    return sorted(found.values(), key=lambda file: (file.day, file.name))


def sealed(fields: dict[str, Any], before: str) -> tuple[str, str]:
    """The line for ``fields`` behind the mac ``before``, and its own mac."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    body = text.encode(errors="backslashreplace").decode()[:-1]  # half a surrogate pair in an address
    mac = ring().mac(before + body, purpose=PURPOSE)
    return f'{body},"mac":"{mac}"}}', mac


def last_line(file: LogFile) -> Line | None:
    """The last whole line of a file that is not compressed."""
    with file.path.open("rb") as opened:
        opened.seek(max(0, opened.seek(0, 2) - LONGEST_TAIL))
        tail = opened.read().decode(errors="replace").split("\n")
    return next((line for line in map(parsed, reversed(tail)) if line is not None), None)


def parsed(line: str) -> Line | None:
    """Fields, signed text and mac of a line; ``None`` when it is none of ours."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        return json.loads(match["body"] + "}"), match["body"], match["mac"]
    except ValueError:
        return None
