"""The approver's part: send the record, or give it back to the person who wrote it."""

from datetime import datetime

from jitasa.activities.models import Activity
from jitasa.activities.services import transitions
from jitasa.activities.services.submit import prepare_sending
from jitasa.activities.services.transition import apply_transition
from jitasa.organizations.viewer import Viewer


def approve(
    *, actor: Viewer, activity: Activity, now: datetime, base_revision: int | None = None
) -> Activity:
    """Approve a waiting record: it is sent at once.

    :raises Forbidden: the person is no approver of the office.
    :raises Refusal: something is missing or wrong, by field.
    """
    return apply_transition(
        actor=actor,
        activity=activity,
        transition=transitions.APPROVE,
        now=now,
        base_revision=base_revision,
        prepare=lambda change: prepare_sending(change, actor, now),
    )


def send_back(
    *, actor: Viewer, activity: Activity, reason: str, now: datetime, base_revision: int | None = None
) -> Activity:
    """Take a waiting record back to writing, with words for the person who wrote it.

    A record that was sent before (and returned) goes back to "returned", a new one to draft.
    """
    return apply_transition(
        actor=actor,
        activity=activity,
        transition=transitions.SEND_BACK_SENT if activity.number else transitions.SEND_BACK,
        now=now,
        base_revision=base_revision,
        reason=reason,
    )
