"""Refusals as sentences for whoever holds the telephone: what field, and what to do."""

from jitasa.problems import Refusal
from jitasa.rounds.choices import RETURNABLE


def in_words(error: Refusal) -> str:
    """One text, field by field."""
    lines = [error.message] if error.message else []
    for name, texts in error.fields.items():
        label = RETURNABLE.get(name)
        lines += [f"{label}: {text}" if label else text for text in texts]
    return "\n".join(lines)
