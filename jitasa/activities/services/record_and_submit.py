"""Keep what was typed and send it to the office above: one act, one transaction."""

from collections.abc import Container
from datetime import datetime
from uuid import UUID

from jitasa.activities.services import content
from jitasa.activities.services.gathering import GATHERING, WaitingRecord
from jitasa.activities.services.save_draft import Saved, Seen, save_typed
from jitasa.activities.services.saving import Typed
from jitasa.activities.values import ActivityValues
from jitasa.organizations.viewer import Viewer


def record_and_submit(
    *,
    actor: Viewer,
    uuid: UUID,
    base_revision: int | None,
    values: ActivityValues,
    now: datetime,
    page: str = "",
    seen: Seen | None = None,
    confirmed: Container[UUID] = (),
) -> Saved:
    """Send a record as it was typed: created or changed, with its receipt number, as one revision.

    Where the office wants approval and the person is no approver the record waits for the approver.
    A record that lacks something is kept as a draft and not sent; ``problems`` of the answer say what
    to do, by field. The same form again gives the same receipt.

    ``seen`` is what the caller has just read. Raises what ``save_draft`` raises.
    """
    typed = Typed(
        uuid=uuid,
        base_revision=base_revision,
        values=content.cleaned(values),
        page=page[:64],
        send=True,
        confirmed=confirmed,
    )
    if not GATHERING.takes(typed, seen):
        return save_typed(typed, actor=actor, now=now, seen=seen)
    asked = WaitingRecord(typed, actor, now, seen)
    return GATHERING.send(asked, alone=lambda: save_typed(typed, actor=actor, now=now, seen=seen))
