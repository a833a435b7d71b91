"""Who looks after the site itself."""

from jitasa.organizations.viewer import Viewer


def may_operate(viewer: Viewer) -> bool:
    """Sees the processes and the failed jobs, and has jobs run again: administrators of the department."""
    return viewer.is_department and viewer.is_administrator
