"""The parts of the recording page that are no single field, and what is folded away until wanted."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from jitasa.activities.choices import BudgetSource, Part
from jitasa.activities.forms import RecordForm


def block_context(form: RecordForm) -> dict[str, Any]:
    """The parts of the page that are no single field."""
    measures, other_measures = form.measure_fields()
    groups, other_groups = form.group_fields()
    return {
        "group_fields": groups,
        "other_groups": other_groups,
        "measure_fields": measures,
        "other_measures": other_measures,
        "measures_of": json.dumps(form.measures_of()),
        "photo_errors": form.blocks.get("photos", []),
        "photo_came_back": "photos" in form.came_back,
        "people_errors": form.blocks.get("participants", []),
        "people_came_back": "participants" in form.came_back,
        "measure_errors": form.blocks.get("measures", []),
        "measure_came_back": "measures" in form.came_back,
        "captions_required": form.asks_captions,
        "host_hint": _("ถ้าเลือก กิจกรรมนี้จะนับครั้งเดียวในยอดของอำเภอและจังหวัด"),
        "part_words": dict(Part.choices).get(form["part"].value() or Part.HOST, ""),
        **{f"{fold}_open": any(wanted(form, name) for name in names) for fold, names in FOLDS.items()},
    }


# Fields that are folded away until wanted, by their fold.
FOLDS: Mapping[str, tuple[str, ...]] = {
    "part": ("part", "host_organization_id", "host_name", "host_activity"),
    "people": ("men", "women", "chair_position", "chair_name"),
    "more": (
        "budget_source", "budget_amount", "budget_project", "publicity", "publicity_link", "problems", "suggestions",
    ),
}  # fmt: skip
UNSAID: tuple[object, ...] = (
    None,
    "",
    [],
    Part.HOST,
    BudgetSource.NONE,
)  # what a field says before anybody chose


def wanted(form: RecordForm, name: str) -> bool:
    """Whether a field must be in sight: asked for by the month, filled, wrong, or sent back."""
    bound = form[name]
    return bool(bound.field.required or bound.errors or bound.help_text or bound.value() not in UNSAID)
