"""What an entry's verb and data are called on screens.

An app adds its own in ``<app>/audit_labels.py``, found when the program starts, with any of

* ``LABELS = {"activity.submit": _("ส่งกิจกรรม")}``: verbs
* ``FIELDS = {"role": _("บทบาท")}``: names of data; a name mapped to ``""`` is not shown
* ``VALUES = {"officer": _("เจ้าหน้าที่")}``: values of data

What has no label is shown as it is stored.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jitasa.ui.days import short_date

Words = Mapping[str, str | Promise]
_verbs: dict[str, str | Promise] = {}
_fields: dict[str, str | Promise] = {}
_values: dict[str, str | Promise] = {}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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


def details(data: Mapping[str, Any]) -> str:
    """The data in one short line: ``บทบาท เจ้าหน้าที่ · ตั้งแต่ 23 พ.ย. 2569``; empty values are left out."""
    return " · ".join(_parts(data))[:300]


def _parts(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        word = str(_fields.get(name, name))
        if value in (None, "", [], {}, False) or not word:
            continue
        yield word if value is True else f"{word} {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(_parts(value))
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    text = str(value)
    if _DAY.fullmatch(text):
        return short_date(date.fromisoformat(text))
    return str(_values.get(text, _fields.get(text, text)))
