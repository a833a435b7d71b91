"""Decisions about sending to offices, from given facts."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import override

from jitasa.organizations.choices import ANSWERS_TO_PROVINCE, Level, OrganizationType, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import BANGKOK

REMIND_AGAIN_AFTER = timedelta(hours=20)  # nobody is reminded of the same thing twice a day


def may_keep_groups(viewer: Viewer) -> bool:
    """An office's administrators and approvers keep its groups of recipients."""
    return viewer.organization is not None and viewer.has(Role.ADMINISTRATOR, Role.APPROVER)


def passes_to(office: Organization, candidate: Organization) -> bool:
    """Whether the line of letters leads from ``office`` to ``candidate`` in one step (docs/domain.md §2).

    The department writes to provinces; a province to its districts, its PAO and its city and town
    municipalities; a district to its tambon municipalities and SAOs.
    """
    if candidate.closed_on is not None:
        return False
    if office.level == Level.DEPARTMENT:
        return candidate.level == Level.PROVINCE
    if office.level == Level.PROVINCE:
        below = candidate.level == Level.DISTRICT or candidate.type in ANSWERS_TO_PROVINCE
        return below and candidate.province_code == office.province_code
    if office.level == Level.DISTRICT:
        types = (OrganizationType.TAMBON_MUNICIPALITY, OrganizationType.SAO)
        return candidate.type in types and candidate.district_code == office.district_code
    return False


@override("th")
def province_words(office: Organization) -> str:
    """The name of an office, a province office's by its place: ``จังหวัดกระบี่``."""
    name = office.name
    if office.level == Level.PROVINCE:
        name = name.removeprefix(str(OrganizationType.PROVINCE.label).removesuffix("จังหวัด")) or name
    return name


def place_words(area: Organization) -> str:
    """A district or province as the place it is: ``อำเภอเมืองกระบี่``, ``จังหวัดกระบี่``."""
    if area.level == Level.DISTRICT:
        return area.name.removeprefix("ที่ว่าการ")
    return province_words(area)


# What a letterhead names is where the office sits; the office itself is named without it.
_BUILDINGS = (
    ("ศาลากลางจังหวัด", "จังหวัด"),
    ("ที่ว่าการอำเภอ", "อำเภอ"),
    ("ที่ว่าการกิ่งอำเภอ", "กิ่งอำเภอ"),
    ("ที่ทำการองค์การ", "องค์การ"),
    ("สำนักงานเทศบาล", "เทศบาล"),
    ("สำนักงานองค์การ", "องค์การ"),
    ("สำนักงานเมืองพัทยา", "เมืองพัทยา"),
)


def office_not_building(letterhead: str) -> str:
    """``ที่ว่าการอำเภออ่าวลึก`` → ``อำเภออ่าวลึก``: the name by which an office writes, orders and announces."""
    for building, office in _BUILDINGS:
        if letterhead.startswith(building):
            return office + letterhead.removeprefix(building)
    return letterhead


def overdue_from(due_on: date) -> datetime:
    """The first moment that is too late: midnight in Thailand after the day of answering."""
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=BANGKOK)


def first_escalation(*, delivered_at: datetime, after_days: int | None) -> datetime | None:
    """When a new delivery is first looked at; ``None`` when the office above is never told."""
    return None if after_days is None else delivered_at + timedelta(days=after_days)


def next_escalation(
    *,
    first: datetime,
    opened: bool,
    answered: bool,
    due_on: date | None,
    told_at: datetime | None,
) -> datetime | None:
    """When the office above is to be told next; ``None`` when there is nothing (more) to tell.

    It is told once of what was not opened within the days the letter gives (``first``), and once more
    (or for the first time) when the day of answering has passed without an answer.
    """
    late = None if due_on is None or answered else max(first, overdue_from(due_on))
    if told_at is not None:
        return late if late is not None and due_on is not None and told_at < overdue_from(due_on) else None
    return late if opened else first
