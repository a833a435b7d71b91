"""The volunteer centre (ศอ.จอส.) beside an office: what it is called, and what is its own (docs/adr/0113).

A centre is no office of the registry. The ministry's acts beside the department, a province's under its governor
and a district's under its นายอำเภอ; its people hold the role ``Role.CENTRE`` in the office of their level. What they
make bears ``by_centre``, so that everybody sees who set it and only the same desk changes it.
"""

from jitasa.organizations.choices import Level, OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.rules import proper_name
from jitasa.organizations.viewer import Viewer

MINISTRY = "ศูนย์อำนวยการและขับเคลื่อนงานจิตอาสา กระทรวงมหาดไทย"
IN_FULL = "ศูนย์อำนวยการจิตอาสาพระราชทาน"
IN_SHORT = "ศอ.จอส."
PLACES = {Level.PROVINCE: "จังหวัด", Level.DISTRICT: "อำเภอ"}


def has_centre(organization: Organization) -> bool:
    """A centre stands beside the department, each province and each district (docs/domain.md §2)."""
    return organization.level != Level.LAO


def keeps(viewer: Viewer, *, by_centre: bool) -> bool:
    """Whether the viewer sits at the desk that made a thing of her office: the centre's or the clerks'."""
    return viewer.is_centre if by_centre else viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def centre_name(organization: Organization) -> str:
    """The centre beside an office as lists say it: ``ศอ.จอส.จังหวัดกระบี่``; the ministry's in full."""
    if organization.level == Level.DEPARTMENT:
        return MINISTRY
    return f"{IN_SHORT}{_place(organization)}"


def centre_full_name(organization: Organization) -> str:
    """As letters name it: ``ศูนย์อำนวยการจิตอาสาพระราชทานจังหวัดกระบี่``."""
    if organization.level == Level.DEPARTMENT:
        return MINISTRY
    return f"{IN_FULL}{_place(organization)}"


def made_by(organization: Organization, *, by_centre: bool) -> str:
    """Who made a thing, for a line of a list: the centre, or the office by its short name."""
    return centre_name(organization) if by_centre else str(organization)


def _place(organization: Organization) -> str:
    """The province or district itself: ``จังหวัดกระบี่``, ``อำเภอเมืองกระบี่``."""
    name = proper_name(OrganizationType(organization.type), organization.name)
    return f"{PLACES[Level(organization.level)]}{name}"
