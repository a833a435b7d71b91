"""The form of an activity as an XForm: made by pyxform from the lists offered now and the month's rules."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import md5, sha256
from typing import Any

from jitasa.activities.choices import Basis, BudgetSource, ChannelKind, Part
from jitasa.activities.selectors.rounds import rules_for
from jitasa.openrosa.questions import questions
from jitasa.rounds.models import Kind, ListItem, Measure, ParticipantGroup, SubKind
from jitasa.rounds.selectors.lists import offered
from jitasa.thai.dates import month_of

FORM_ID = "jitasa-activity"
THAI, ENGLISH = "ไทย (th)", "English (en)"
CLOSED = {
    "basis": Basis,
    "part": Part,
    "budget_source": BudgetSource,
    "publicity": ChannelKind,
}
Row = dict[str, str]


@dataclass(frozen=True)
class Form:
    """The document, and the version that changes with its content."""

    xml: bytes
    version: str
    title: str = "บันทึกกิจกรรมจิตอาสา"

    @property
    def hash_given(self) -> str:
        """As the list of forms gives it (OpenRosa asks for MD5)."""
        return "md5:" + md5(self.xml, usedforsecurity=False).hexdigest()


def form_of(day: date) -> Form:
    """The form for records, by the rules of the month of ``day``."""
    rules = rules_for(month_of(day))
    survey = questions(
        required=frozenset(rules.required),
        photos_least=rules.photos_least,
        photos_most=rules.photos_most,
        groups=offered(ParticipantGroup),
        measures=offered(Measure),
        sub_kinds=bool(offered(SubKind)),
    )
    return _made(json.dumps([survey, _choices()], ensure_ascii=False, sort_keys=True), f"{day:%y%m}")


def _choices() -> list[Row]:
    kinds, sub_kinds = offered(Kind), offered(SubKind)
    rows = [_choice("kind", row) for row in kinds]
    for sub in sub_kinds:
        fits = [sub.kind_code] if sub.kind_code else [row.code for row in kinds]
        rows += [{**_choice("sub_kind", sub), "of_kind": kind} for kind in fits]
    for name, words in CLOSED.items():
        rows += [_worded(name, value, str(label)) for value, label in words.choices]
    return rows


def _choice(name: str, row: ListItem) -> Row:
    return {
        "list_name": name,
        "name": row.code,
        f"label::{THAI}": row.label,
        f"label::{ENGLISH}": row.label_en or row.label,
    }


def _worded(name: str, value: str, label: str) -> Row:
    return {"list_name": name, "name": value, f"label::{THAI}": label, f"label::{ENGLISH}": label}


@lru_cache(maxsize=32)
def _made(content: str, month: str) -> Form:
    """Some hundred milliseconds; the same lists and rules give the same form."""
    from pyxform.xls2xform import convert  # loaded when a form is made: docs/adr/0165

    survey, choices = json.loads(content)
    version = f"{month}-{sha256(content.encode()).hexdigest()[:8]}"
    sheets: dict[str, Sequence[dict[str, Any]]] = {
        "survey": survey,
        "choices": choices,
        "settings": [
            {
                "form_title": Form.title,
                "form_id": FORM_ID,
                "version": version,
                "default_language": THAI,
                "instance_name": "concat(${name}, ' ', ${start_date})",
                "allow_choice_duplicates": "yes",
            }
        ],
    }
    made = convert(xlsform=sheets, validate=False, pretty_print=False, form_name="data")
    return Form(made.xform.encode(), version)
