"""Tables of the record: the activity, its parts, its revisions and what reviewers said."""

from jitasa.activities.models.activity import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.models.history import ActivityRevision, FlagDue, ReceiptCounter, Step

__all__ = [
    "Activity",
    "ActivityPhoto",
    "ActivityRevision",
    "FlagDue",
    "MeasureValue",
    "Participation",
    "ReceiptCounter",
    "Step",
]
