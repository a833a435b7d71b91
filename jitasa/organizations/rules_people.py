"""Who may give posts, help with accounts, and look at an office as it sees itself.

The department appoints the administrators of provinces, a province those of its districts and of the
LAOs that answer to it, a district those of its LAOs; an office's administrators manage the rest of
their own office (design.md §8: accounts created by the level above).
"""

from collections.abc import Iterable

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer


def _is_own(viewer: Viewer, organization: Organization) -> bool:
    return viewer.organization is not None and organization.pk == viewer.organization.pk


def _answers_to(viewer: Viewer, organization: Organization) -> bool:
    return viewer.organization is not None and organization.reports_to_id == viewer.organization.pk


def may_see_people(viewer: Viewer, organization: Organization) -> bool:
    """Whoever works in an office, or above it in the line of command, sees who holds its posts."""
    if viewer.is_system:
        return True
    if viewer.organization is None or not viewer.roles:
        return False
    return organization.path.startswith(viewer.organization.path)


def may_manage_people(viewer: Viewer, organization: Organization) -> bool:
    """Whether the viewer may give or end any post in the office at all."""
    return may_give(viewer, organization, Role.ADMINISTRATOR)


def may_give(viewer: Viewer, organization: Organization, role: str) -> bool:
    """Whether the viewer may give (and end) posts of ``role`` in the office."""
    if viewer.is_system:
        return True
    if organization.closed_on is not None or not viewer.has(Role.ADMINISTRATOR):
        return False
    if _is_own(viewer, organization):
        return True
    return _answers_to(viewer, organization) and role == Role.ADMINISTRATOR


def roles_to_give(viewer: Viewer, organization: Organization) -> list[Role]:
    """The roles that the viewer may give in the office, in their usual order."""
    return [role for role in Role if may_give(viewer, organization, role)]


def may_manage_person(viewer: Viewer, posts: Iterable[Post]) -> bool:
    """Whether the viewer may reset the password of, edit or suspend a person.

    ``posts`` are *all* the person's posts that have not ended, in every office: an account opens all
    of them, so whoever takes it over would hold them all. Every office must therefore be the viewer's
    own or answer to it, and the person must be a colleague or an administrator there. Somebody
    without a post has nothing to be managed until given one.
    """
    if viewer.is_system:
        return True
    if not viewer.has(Role.ADMINISTRATOR):
        return False
    concerned = False
    for post in posts:
        if not _is_own(viewer, post.organization) and not _answers_to(viewer, post.organization):
            return False
        concerned = concerned or _is_own(viewer, post.organization) or post.role == Role.ADMINISTRATOR
    return concerned


def may_view_as(viewer: Viewer, organization: Organization) -> bool:
    """Officers of a level above in the line of command may look, read-only, as the office sees itself."""
    if viewer.organization is None or not viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR):
        return False
    return not _is_own(viewer, organization) and organization.path.startswith(viewer.organization.path)
