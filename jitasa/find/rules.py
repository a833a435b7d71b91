"""Who may keep filters under a name, and whose."""

from jitasa.find.models import SavedView
from jitasa.organizations.viewer import Viewer

MOST = 30  # views of one person in one office


def may_save_view(viewer: Viewer) -> bool:
    """Anybody at work in an office keeps filters for herself; nobody while looking at another office."""
    return (
        viewer.user is not None
        and viewer.organization is not None
        and bool(viewer.roles)
        and not viewer.read_only
    )


def may_share_view(viewer: Viewer) -> bool:
    """Whoever works for the office gives a view to all its people; one who only reads does not."""
    return may_save_view(viewer) and viewer.can_write


def may_change_view(viewer: Viewer, view: SavedView) -> bool:
    """Rename, share, remove: the person whose it is; what is shared, also the office's administrators."""
    if not may_save_view(viewer) or view.organization_id != viewer.office_id:
        return False
    return view.user_id == viewer.user_id or (view.shared and viewer.is_administrator)
