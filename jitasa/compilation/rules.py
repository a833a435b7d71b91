"""Who may chase, compile and read compilations. Pure: no database."""

from datetime import datetime, timedelta

from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

ABOVE_LAO = frozenset({Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT})
REMIND_AGAIN_AFTER = timedelta(hours=1)


def may_see_boards(viewer: Viewer) -> bool:
    """Boards of offices below are for the levels that have some."""
    return viewer.is_system or (viewer.level in ABOVE_LAO and bool(viewer.roles))


def may_remind(viewer: Viewer) -> bool:
    """Officers and administrators of a level above, never while viewing as somebody else."""
    return viewer.is_system or (
        viewer.level in ABOVE_LAO and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)
    )


def may_compile(viewer: Viewer, office: Organization) -> bool:
    """An office compiles its own scope: country, province or district. The system may for any."""
    if office.level not in ABOVE_LAO:
        return False
    if viewer.is_system:
        return True
    return viewer.office_id == office.pk and viewer.has(Role.OFFICER, Role.ADMINISTRATOR)


def may_ask_file(viewer: Viewer) -> bool:
    """Whoever sees a compilation (``visible_to``) has its files made, never while viewing as somebody else."""
    return viewer.is_system or (bool(viewer.roles) and not viewer.read_only)


def reminded_lately(reminded_at: datetime | None, now: datetime) -> bool:
    """Whether a reminder went out within the last hour, so that another would be noise."""
    return reminded_at is not None and now - reminded_at < REMIND_AGAIN_AFTER


def may_cover(viewer: Viewer, organization_id: int) -> bool:
    """The cover letter is written by the office whose report it is."""
    own = organization_id == viewer.office_id
    return own and not viewer.is_lao and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def may_write_memo(viewer: Viewer, office: Organization) -> bool:
    """A local government's memorandum on its month is written by its own clerks, as any of its letters."""
    own = office.is_lao and viewer.office_id == office.pk
    return own and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def is_of_before(caption: str) -> bool:
    """Whether a caption says that its picture was taken before the work ("ก่อนเริ่มกิจกรรม", "สภาพก่อน…")."""
    return caption.strip().removeprefix("สภาพ").removeprefix("ภาพ").startswith("ก่อน")
