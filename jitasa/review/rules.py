"""Who reviews what: decisions from given facts.

One acceptance by any office above makes a record accepted; an office at or above the one that
accepted may still return it with a reason. A district reviews only what reports to it: a town
municipality stands in the district and answers to the province (docs/domain.md §2).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from jitasa.activities.choices import LIVE, Status
from jitasa.activities.models import Activity, Step
from jitasa.activities.models.history import Act
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.review.choices import FlagKind
from jitasa.rounds.choices import RETURNABLE

UNDO_WITHIN = timedelta(minutes=10)
REASON_LONGEST = 2000
BULK_MOST = 1000
COMMENT_LONGEST = 2000

# Beside which part of the record the evidence of a flag is shown.
PART_OF_FLAG: Mapping[str, str] = {
    FlagKind.SAME_PHOTO: "photos",
    FlagKind.PHOTO_DATE: "when",
    FlagKind.PHOTO_PLACE: "where",
    FlagKind.OUTSIDE_AREA: "where",
    FlagKind.HEAD_COUNT: "people",
    FlagKind.SAME_EVENT: "event",
}

FIELDS_OF_FLAG: Mapping[str, tuple[str, ...]] = {
    FlagKind.SAME_PHOTO: ("photos",),
    FlagKind.PHOTO_DATE: ("photos", "start_date"),
    FlagKind.PHOTO_PLACE: ("photos", "point"),
    FlagKind.OUTSIDE_AREA: ("tambon_code", "point"),
    FlagKind.HEAD_COUNT: ("participants",),
    FlagKind.SAME_EVENT: ("part",),
}


def may_open_review(viewer: Viewer) -> bool:
    """Whether the person works in an office that has others below it; the centre beside it has no such work."""
    return (
        not viewer.only_steers
        and bool(viewer.roles)
        and viewer.organization is not None
        and not viewer.is_lao
    )


def stands_above(viewer: Viewer, activity: Activity) -> bool:
    """Whether the record's office answers to the person's: what ``selectors.inbox.reviewable`` asks of rows."""
    office = viewer.organization
    return may_open_review(viewer) and office is not None and office.is_above(activity.organization)


def may_look_at(viewer: Viewer, activity: Activity) -> bool:
    """Whether a record that was sent opens among those to review, to be read if nothing else."""
    return activity.status in LIVE and stands_above(viewer, activity)


def may_review(viewer: Viewer, activity: Activity) -> bool:
    """The person's office stands above the record's, in a role that acts. The state is not asked."""
    return viewer.can_write and stands_above(viewer, activity)


def may_accept(viewer: Viewer, activity: Activity) -> bool:
    return activity.status == Status.SUBMITTED and may_review(viewer, activity)


def may_return(viewer: Viewer, activity: Activity, accepted_by: Organization | None) -> bool:
    """A record that waits, or one accepted by the person's own office or one below it."""
    if not may_review(viewer, activity):
        return False
    if activity.status == Status.SUBMITTED:
        return True
    return activity.status == Status.ACCEPTED and may_overrule(viewer, accepted_by)


def may_overrule(viewer: Viewer, accepted_by: Organization | None) -> bool:
    """Whether the person's office is the one that accepted, or stands above it."""
    office = viewer.organization
    if office is None:
        return False
    return accepted_by is None or accepted_by.pk == office.pk or office.is_above(accepted_by)


def may_undo(viewer: Viewer, activity: Activity, last: Step | None, now: datetime) -> bool:
    """Whether the last step is an acceptance by the person's own office of a moment ago."""
    return (
        activity.status == Status.ACCEPTED
        and may_review(viewer, activity)
        and last is not None
        and last.act == Act.ACCEPTED
        and last.organization_id == viewer.office_id
        and now - last.at <= UNDO_WITHIN
    )


def may_read_comments(viewer: Viewer, activity: Activity) -> bool:
    """The people of the record's office and those of the offices that review it; nobody else who sees the record."""
    inside = bool(viewer.roles) and viewer.office_id == activity.organization_id
    return inside or stands_above(viewer, activity)


def may_comment(viewer: Viewer, activity: Activity) -> bool:
    """Once a record has been sent; what was withdrawn is done with."""
    if not activity.number or activity.status == Status.WITHDRAWN or not viewer.can_write:
        return False
    return may_read_comments(viewer, activity)


def clean_fields(names: Iterable[str]) -> list[str]:
    """The known field names among those ticked, once each, in the order of the form."""
    ticked = set(names)
    return [name for name in RETURNABLE if name in ticked]
