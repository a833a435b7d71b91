"""Who must have a second factor, and who may take somebody else's away after a lost telephone."""

from collections.abc import Iterable

from jitasa.organizations.choices import Level, Role
from jitasa.organizations.rules_people import Standing, is_own_line
from jitasa.organizations.viewer import Viewer

HIGH_LEVELS = frozenset({Level.DEPARTMENT, Level.PROVINCE})
EVERYBODY, NOBODY = "all", "0"  # settings.MFA_REQUIRED; anything else: by post


def needs_second_factor(levels_and_roles: Iterable[tuple[str, str]], *, required: str) -> bool:
    """Whether posts of these (level of the office, role) open so much that a password is not enough.

    Everybody in the department and in a province, and administrators everywhere: they see or may give
    what belongs to many. ``required`` is ``settings.MFA_REQUIRED``.
    """
    if required in (EVERYBODY, NOBODY):
        return required == EVERYBODY
    return any(level in HIGH_LEVELS or role == Role.ADMINISTRATOR for level, role in levels_and_roles)


def may_reset_second_factor(viewer: Viewer, standing: Standing) -> bool:
    """Whether the viewer may take all second factors of a person away.

    An administrator of the home office or of an office above it in the line; what opens an office's
    administration is taken away from above only. Nobody does it for herself; the department, which has
    nobody above, has colleagues do it for each other.
    """
    if viewer.is_system:
        return True
    if not viewer.has(Role.ADMINISTRATOR) or viewer.user_id == standing.user_id:
        return False
    if standing.home is None or not is_own_line(viewer, standing.home):
        return False
    is_own = standing.home.pk == viewer.office_id
    return not is_own or not standing.administers_home or viewer.is_department
