"""What one record adds to the running numbers."""

from decimal import Decimal

from jitasa.activities.choices import LIVE, Basis, Status
from jitasa.activities.models import Activity
from jitasa.rounds.counted import NO_OCCASION, SET_BY_CENTRE
from jitasa.rounds.services.tally import Contribution


def counts_upwards(activity: Activity) -> bool:
    """Whether the record is the one that counts for its event.

    A record linked to the host's record leaves the event to the host while that record is live
    (submitted or accepted); when it is not, the guest's record counts again.
    """
    host = activity.host_activity
    return host is None or host.status not in LIVE


def contribution(activity: Activity) -> Contribution | None:
    """The numbers a record stands for in its present status; ``None`` for a withdrawn one.

    ``activities`` and ``participants`` are the office's own. ``events``, ``people``, ``men`` and ``women``
    (and with them nothing else) are 0 for a record that does not count upwards.
    """
    if activity.status == Status.WITHDRAWN:
        return None
    upwards = activity.counts_upwards
    return Contribution(
        organization_id=activity.organization_id,
        month=activity.month,
        status=activity.status,
        kind_code=activity.kind.code if activity.kind is not None else "",
        occasion_id=activity.occasion_id
        or (SET_BY_CENTRE if activity.basis == Basis.CENTRE else NO_OCCASION),
        activities=1,
        events=1 if upwards else 0,
        participants=activity.participants,
        people=activity.participants if upwards else 0,
        men=(activity.men or 0) if upwards else 0,
        women=(activity.women or 0) if upwards else 0,
        photos=activity.photo_count,
        budget=activity.budget_amount or Decimal(0),
    )
