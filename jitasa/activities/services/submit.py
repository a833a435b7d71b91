"""Send a record, or ask the office's approver to."""

from datetime import datetime

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services import transitions
from jitasa.activities.services.saving import incomplete, not_ready, sending_notices
from jitasa.activities.services.transition import apply_transition
from jitasa.activities.services.write import SENT_COLUMNS, Change
from jitasa.organizations.viewer import Viewer


def submit(*, actor: Viewer, activity: Activity, now: datetime, base_revision: int | None = None) -> Activity:
    """Send the record to the office above, with a receipt number given once and kept for ever.

    Where the office wants approval and the person is no approver the record waits for the approver
    instead. A record already sent is given back unchanged: sending twice is sending once.

    :raises Refusal: with ``fields``: what is missing or wrong.
    """
    if (
        activity.number
        and activity.status in (Status.SUBMITTED, Status.ACCEPTED)
        and rules.writes_for(actor, activity)
    ):
        return activity
    ask = rules.needs_approval(actor, activity.organization)
    return apply_transition(
        actor=actor,
        activity=activity,
        transition=transitions.ASK if ask else transitions.SUBMIT,
        now=now,
        base_revision=base_revision,
        prepare=lambda change: prepare_sending(change, actor, now, asks=ask),
    )


def prepare_sending(change: Change, actor: Viewer, now: datetime, *, asks: bool = False) -> None:
    """Check a locked record and put down what sending brings. :raises Refusal: by field."""
    row = change.row
    parts = parts_by_activity([row])[row.pk]
    problems = not_ready(row, values_of(row, parts), now)
    if problems:
        raise incomplete(problems)
    change.parts = parts
    change.sends = not asks
    if change.sends:
        change.columns = SENT_COLUMNS
    change.notices += sending_notices(row, actor, now, asks=asks)
