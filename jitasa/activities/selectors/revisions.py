"""What changed between two revisions of a record."""

from dataclasses import dataclass

from jitasa.activities.models import ActivityRevision
from jitasa.activities.selectors.values import FIELD_ORDER, LABELS


@dataclass(frozen=True)
class Change:
    """One field, in the words of each revision."""

    name: str
    label: str
    old: str
    new: str


def changes(old: ActivityRevision, new: ActivityRevision) -> list[Change]:
    """The fields whose content differs, in the order of the form."""
    before, after = old.data, new.data
    found = []
    for name in FIELD_ORDER:
        if before["values"].get(name) != after["values"].get(name):
            words = (str(before["words"].get(name, "")), str(after["words"].get(name, "")))
            found.append(Change(name, str(LABELS[name]), *words))
    return found
