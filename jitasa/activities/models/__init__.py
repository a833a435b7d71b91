"""Tables of the record: the activity, its parts, its revisions and what reviewers said."""

from jitasa.activities.models.activity import Activity, ActivityPhoto, MeasureValue, Participation
from jitasa.activities.models.history import ActivityRevision, FlagDue, ReceiptCounter, Step
from jitasa.activities.models.invitation import Invitation

__all__ = [
    "Activity",
    "ActivityPhoto",
    "ActivityRevision",
    "FlagDue",
    "Invitation",
    "MeasureValue",
    "Participation",
    "ReceiptCounter",
    "Step",
]
