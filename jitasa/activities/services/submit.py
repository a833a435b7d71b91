"""Send a record, or ask the office's approver to."""

from collections.abc import Container
from datetime import datetime
from uuid import UUID

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.twins import Sought, twins
from jitasa.activities.selectors.values import values_of
from jitasa.activities.services import transitions
from jitasa.activities.services.saving import incomplete, not_ready, sending_notices
from jitasa.activities.services.telling_apart import looks_like
from jitasa.activities.services.transition import apply_transition
from jitasa.activities.services.write import SENT_COLUMNS, Change
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict


def submit(
    *,
    actor: Viewer,
    activity: Activity,
    now: datetime,
    base_revision: int | None = None,
    confirmed: Container[UUID] = (),
) -> Activity:
    """Send the record to the office above, with a receipt number given once and kept for ever.

    Where the office wants approval and the person is no approver the record waits for the approver
    instead. A record already sent is given back unchanged: sending twice is sending once. ``confirmed`` holds
    the UUIDs of records that look like it (``selectors.twins``) and are known to be other activities.

    :raises Refusal: with ``fields``: what is missing or wrong; ``looks_like``: it may be recorded already.
    """
    if _is_sent(actor, activity):
        return activity
    ask = rules.needs_approval(actor, activity.organization)

    def prepare(change: Change) -> None:
        first = not change.row.number
        prepare_sending(change, actor, now, asks=ask)
        if first:
            _ask_about_twins(change, confirmed)

    try:
        return apply_transition(
            actor=actor,
            activity=activity,
            transition=transitions.ASK if ask else transitions.SUBMIT,
            now=now,
            base_revision=base_revision,
            prepare=prepare,
        )
    except Conflict as conflict:
        activity.refresh_from_db()
        if conflict.code == "wrong_state" and _is_sent(actor, activity):  # by the same press, a moment ago
            return activity
        raise


def _is_sent(actor: Viewer, activity: Activity) -> bool:
    sent = activity.number and activity.status in (Status.SUBMITTED, Status.ACCEPTED)
    return bool(sent) and rules.writes_for(actor, activity)


def _ask_about_twins(change: Change, confirmed: Container[UUID]) -> None:
    """:raises Refusal: the record looks like others of its day that nobody has told apart from it."""
    row = change.row
    values = values_of(row, change.parts)
    found = twins(Sought(uuid=row.uuid, office=row.organization_id, values=values))
    if others := [each for each in found if each.uuid not in confirmed]:
        raise looks_like(others)


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
