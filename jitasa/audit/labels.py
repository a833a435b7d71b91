"""What a verb of the audit is called on screens.

An app adds its own in ``<app>/audit_labels.py``: ``LABELS = {"activity.submit": _("ส่งกิจกรรม")}``;
the files are found when the program starts. A verb without a label is shown as it is stored.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

_LABELS: dict[str, str | Promise] = {}


def register(labels: Mapping[str, str | Promise]) -> None:
    """Add labels of verbs; a later one for the same verb wins."""
    _LABELS.update(labels)


def label(verb: str) -> str:
    """The Thai (or translated) name of a verb."""
    return str(_LABELS.get(verb, verb))


def choices() -> list[tuple[str, str]]:
    """All known verbs with their labels, sorted by label."""
    return sorted(((verb, str(text)) for verb, text in _LABELS.items()), key=lambda pair: pair[1])
