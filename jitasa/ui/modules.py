"""What a module of our own imports, so that a page can ask for all of it at once instead of level by level."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders

_IMPORTED = re.compile(
    r"""(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']"""
)  # not those that come when they are wanted


@cache
def imported_by(name: str) -> tuple[str, ...]:
    """Every module that ``name`` imports at once, itself first, by their plain names."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop(0)
        if each not in found:
            found[each] = None
            waiting += _inside(each)
    return tuple(found)


def _inside(name: str) -> list[str]:
    path = finders.find(name)
    if not isinstance(path, str):
        return []
    text = Path(path).read_text("utf-8")
    return [normpath(join(dirname(name), each)) for each in _IMPORTED.findall(text)]
