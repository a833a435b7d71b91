"""Who sees a person named in a record (PDPA: as few as the task needs)."""

from jitasa.activities.models import Activity
from jitasa.organizations.viewer import Viewer


def may_see_chair_name(viewer: Viewer, activity: Activity) -> bool:
    """Who presided is named to the officers of the recording office and of those above it in the line.

    A district sees the record of a town that lies in it, not the name; nor does somebody who only looks
    on. What leaves the offices (report sheet, exports, open data, public pages) carries the position alone.
    """
    if viewer.is_system:
        return True
    office = viewer.organization
    return viewer.can_write and office is not None and activity.organization.path.startswith(office.path)
