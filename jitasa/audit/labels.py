"""What an entry's verb and data are called on screens.

An app adds its own in ``<app>/audit_labels.py``, found when the program starts, with any of

* ``LABELS = {"activity.submit": _("ส่งกิจกรรม")}``: verbs
* ``FIELDS = {"role": _("บทบาท")}``: names of data; a name mapped to ``""`` is not shown
* ``VALUES = {"officer": _("เจ้าหน้าที่")}``: values of data

A name or value may say whose verbs it is for: ``"activity.number"`` is the number of ``activity.submit``.
What has no label is shown as it is stored.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jitasa.ui.days import month_name, short_date

Words = Mapping[str, str | Promise]
_verbs: dict[str, str | Promise] = {}
_fields: dict[str, str | Promise] = {}
_values: dict[str, str | Promise] = {}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"25\d{2}-(0[1-9]|1[0-2])")  # an address's month, in the Buddhist era


def register(verbs: Words, fields: Words | None = None, values: Words | None = None) -> None:
    """Add labels; a later one for the same word wins."""
    _verbs.update(verbs)
    _fields.update(fields or {})
    _values.update(values or {})


def label(verb: str) -> str:
    """The Thai (or translated) name of a verb."""
    return str(_verbs.get(verb, verb))


def choices() -> list[tuple[str, str]]:
    """All known verbs with their labels, sorted by label."""
    return sorted(((verb, str(text)) for verb, text in _verbs.items()), key=lambda pair: pair[1])


def details(data: Mapping[str, Any], verb: str = "") -> str:
    """An entry's data in one short line: ``บทบาท เจ้าหน้าที่ · ตั้งแต่ 23 พ.ย. 2569``; empty values are left out."""
    return Truncator(" · ".join(_parts(data, verb.partition(".")[0]))).chars(300)


def field(name: str, of: str = "") -> str | None:
    """What a name in the data of ``of``'s verbs is called: ``""`` is not shown, ``None`` nobody has said."""
    word = _fields.get(f"{of}.{name}", _fields.get(name))
    return None if word is None else str(word)


def _parts(data: Mapping[str, Any], of: str) -> Iterator[str]:
    for name, value in data.items():
        word = field(name, of)
        if value in (None, "", [], {}, False) or word == "":
            continue
        yield word or name if value is True else f"{word or name} {_shown(value, of)}"


def _shown(value: Any, of: str) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item, of) for item in value)
    if isinstance(value, dict):
        return ", ".join(_parts(value, of))
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    text = str(value)
    if _DAY.fullmatch(text):
        return short_date(date.fromisoformat(text))
    if _MONTH.fullmatch(text):
        return month_name(date(int(text[:4]) - 543, int(text[5:]), 1))
    return str(_values.get(f"{of}.{text}", _values.get(text, _fields.get(text, text))))
