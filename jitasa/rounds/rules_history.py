"""How a month's rules changed, in words: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.rounds.choices import REQUIRABLE
from jitasa.ui.days import long_date


@dataclass(frozen=True)
class RuleChange:
    """One rule that differs between two revisions, in words."""

    label: str
    before: str
    after: str


RULE_LABELS: dict[str, Promise] = {
    "due_on": gettext_lazy("ครบกำหนด"),
    "required_fields": gettext_lazy("ช่องที่ต้องกรอก"),
    "photos_least": gettext_lazy("ภาพอย่างน้อย"),
    "photos_most": gettext_lazy("ภาพไม่เกิน"),
    "nil_allowed": gettext_lazy("แจ้งว่าไม่มีกิจกรรมได้"),
    "report_heading": gettext_lazy("หัวรายงานหนึ่งหน้า"),
    "note": gettext_lazy("หมายเหตุถึงหน่วยงาน"),
}


def compare_rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[RuleChange]:
    """What differs between the ``data`` of two revisions, in words for the history page.

    Of the required fields only those taken out (before) and put in (after) are named.
    """
    changes = []
    for name, label in RULE_LABELS.items():
        old, new = before.get(name), after.get(name)
        if old == new or name not in before:  # a rule that did not exist yet did not change
            continue
        if name == "required_fields":
            was, is_now = list(old or []), list(new or [])
            old = [field for field in was if field not in is_now]
            new = [field for field in is_now if field not in was]
        changes.append(RuleChange(str(label), _rule_words(name, old), _rule_words(name, new)))
    return changes


def _rule_words(name: str, value: Any) -> str:
    if name == "due_on" and value:
        return long_date(date.fromisoformat(str(value)))
    if name == "required_fields":
        return ", ".join(str(REQUIRABLE.get(field, field)) for field in value or []) or "–"
    if name == "nil_allowed":
        return _("ได้") if value else _("ไม่ได้")
    return str(value) if value not in (None, "") else "–"
