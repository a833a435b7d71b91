"""Who decides what of an accepted record the public sees."""

from jitasa.activities.models import Activity
from jitasa.organizations.viewer import Viewer


def may_hide_photo(viewer: Viewer, activity: Activity) -> bool:
    """People with a role that acts, of the office that owns the record or of one above it."""
    if viewer.is_system:
        return True
    office = viewer.organization
    if office is None or not viewer.can_write:
        return False
    return office.pk == activity.organization_id or office.is_above(activity.organization)
