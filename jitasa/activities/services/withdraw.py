"""Take a record out of the count for good."""

from datetime import datetime

from jitasa.activities.models import Activity
from jitasa.activities.services import transitions
from jitasa.activities.services.transition import apply_transition
from jitasa.organizations.viewer import Viewer


def withdraw(
    *,
    actor: Viewer,
    activity: Activity,
    reason: str = "",
    now: datetime,
    base_revision: int | None = None,
) -> Activity:
    """Withdraw a record; one that was ever sent needs a reason. Number and history stay.

    Records of guests linked to it count for themselves again. What had been found wrong with it, and
    with others because of it, goes with the next look (``FlagDue``).
    """
    return apply_transition(
        actor=actor,
        activity=activity,
        transition=transitions.WITHDRAW if activity.number else transitions.DISCARD,
        now=now,
        base_revision=base_revision,
        reason=reason,
    )
