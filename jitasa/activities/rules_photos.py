"""Who decides what of an accepted record the public sees."""

from jitasa.activities.models import Activity
from jitasa.activities.rules_review import REVIEWERS, is_above
from jitasa.organizations.viewer import Viewer


def may_hide_photo(viewer: Viewer, activity: Activity) -> bool:
    """People with a role that acts, of the office that owns the record or of one above it."""
    if viewer.is_system:
        return True
    own = viewer.office_id == activity.organization_id
    return viewer.has(*REVIEWERS) and (own or is_above(viewer.organization, activity.organization))
