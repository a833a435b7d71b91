"""Who may give posts, help with accounts, and look at an office as it sees itself.

The department appoints the administrators of provinces, a province those of its districts and of the
LAOs that answer to it, a district those of its LAOs; an office's administrators manage the rest of
their own office (docs/architecture.md §4: accounts created by the level above). Who manages an account follows
from the person's home office (``models.Home``), never from posts that other offices give.
"""

from dataclasses import dataclass

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import has_centre
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
    if role == Role.CENTRE and not has_centre(organization):
        return False
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


@dataclass(frozen=True)
class Standing:
    """Where an account belongs today, as the rules need it.

    ``administers_home``: whether the person holds an administrator's post there that has not ended.
    ``serves_home``: whether any post there has not ended.
    """

    user_id: int
    home: Organization | None = None
    administers_home: bool = False
    serves_home: bool = False


def is_own_line(viewer: Viewer, organization: Organization | None) -> bool:
    """Whether an office is the viewer's own or stands below it in the line of command."""
    if viewer.organization is None or organization is None:
        return False
    return organization.path.startswith(viewer.organization.path)


def needs_consent(viewer: Viewer, home: Organization | None) -> bool:
    """Whether a post given by the viewer must first be accepted by the person's side.

    An office gives posts at once to people of its own line. Whoever belongs to another line is asked:
    a post must not be forced on an account by a stranger.
    """
    return not viewer.is_system and home is not None and not is_own_line(viewer, home)


def may_manage_person(viewer: Viewer, standing: Standing) -> bool:
    """Whether the viewer may see the contacts of, reset, edit or suspend a person.

    The home office alone decides, whatever posts others have given: its own administrators, and for
    its administrators those of the office it reports to. What a reset would open elsewhere rests until
    that office agrees (``services.resting``), so that nobody gains a post by managing an account.
    """
    if viewer.is_system:
        return True
    if not viewer.has(Role.ADMINISTRATOR) or standing.home is None:
        return False
    if _is_own(viewer, standing.home):
        return True
    return _answers_to(viewer, standing.home) and standing.administers_home


def may_carry_out_erasure(viewer: Viewer, standing: Standing) -> bool:
    """Whoever manages the account erases a person's data on request, or says why not; nobody her own."""
    own = viewer.user_id == standing.user_id
    return not own and not viewer.is_system and may_manage_person(viewer, standing)


def may_answer_offer(viewer: Viewer, standing: Standing) -> bool:
    """The person offered a post answers, or whoever manages the account."""
    own = viewer.user_id == standing.user_id and not viewer.read_only
    return own or (not viewer.is_system and may_manage_person(viewer, standing))


def may_end_post(viewer: Viewer, organization: Organization, role: str, standing: Standing) -> bool:
    """Who may give a post ends it; a post of another office than home is also given back by the
    person or by whoever manages the account."""
    if may_give(viewer, organization, role):
        return True
    foreign = standing.home is not None and organization.pk != standing.home.pk
    return foreign and may_answer_offer(viewer, standing)


def may_move_home(viewer: Viewer, standing: Standing) -> bool:
    """Who says that an office is now somebody's home: the home office or an office above it in the
    line; the person, once no post is left at home."""
    if viewer.is_system:
        return True
    if viewer.user_id == standing.user_id and not viewer.read_only and not standing.serves_home:
        return True
    return viewer.has(Role.ADMINISTRATOR) and is_own_line(viewer, standing.home)


def may_view_as(viewer: Viewer, organization: Organization) -> bool:
    """Officers of a level above in the line of command may look, read-only, as the office sees itself."""
    if viewer.organization is None or not viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR):
        return False
    return not _is_own(viewer, organization) and organization.path.startswith(viewer.organization.path)
