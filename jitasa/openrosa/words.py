"""Refusals as sentences for whoever holds the telephone: what field, and what to do."""

from django.utils.translation import gettext as _

from jitasa.activities.selectors.values import LABELS
from jitasa.problems import Refusal
from jitasa.rounds.choices import RETURNABLE


def in_words(error: Refusal) -> str:
    """One text, field by field."""
    if not error.fields:
        return error.message
    lines = []
    for name, texts in error.fields.items():
        label = RETURNABLE.get(name) or LABELS.get(name)
        lines += [f"{label}: {text}" if label else text for text in texts]
    return "\n".join([*lines, _("แก้ในแอปแล้วส่งใหม่")])
