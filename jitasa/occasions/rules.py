"""Decisions about important days from given facts: no database here."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from jitasa.occasions.models import WIDEST_WINDOW, Occasion
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

EARLIEST_YEAR, LATEST_YEAR = 2560, 2620  # Buddhist era; what a person can have meant


def in_window(occasion: Occasion, day: date) -> bool:
    """Whether an activity on ``day`` may be held "on the occasion of" it (both ends included)."""
    first, last = window_of(occasion)
    return first <= day <= last


def may_add(viewer: Viewer) -> bool:
    """The department adds national days, a province days of its own (docs/domain.md §4)."""
    if viewer.is_system:
        return True
    return viewer.level in (Level.DEPARTMENT, Level.PROVINCE) and viewer.has(Role.OFFICER, Role.ADMINISTRATOR)


def may_edit(viewer: Viewer, occasion: Occasion) -> bool:
    """Each keeps its own: the department the national days, a province the days it added."""
    if viewer.is_system:
        return True
    national = occasion.organization_id is None
    own = viewer.is_department if national else viewer.office_id == occasion.organization_id
    return own and may_add(viewer)


def may_adopt(viewer: Viewer) -> bool:
    """The department adopts the year's list of national days."""
    return viewer.is_system or (viewer.is_department and may_add(viewer))


def may_plan(viewer: Viewer) -> bool:
    """Who gets the button that begins a record for a day: those who write records of an LAO."""
    return viewer.is_lao and viewer.can_write


def window_of(occasion: Occasion) -> tuple[date, date]:
    """The first and the last day an activity may be held on the occasion of it."""
    before, after = timedelta(days=occasion.window_before), timedelta(days=occasion.window_after)
    return occasion.date - before, occasion.date + after


def owner_for(viewer: Viewer) -> Organization | None:
    """Whose day it becomes when the viewer adds one: the province's, or ``None`` for a national day."""
    return None if viewer.is_system or viewer.is_department else viewer.organization


def occasion_problems(
    *, name: str, short_name: str, day: date, window_before: int, window_after: int
) -> dict[str, list[str]]:
    """What is wrong with an important day as entered, by field."""
    problems: dict[str, list[str]] = {}
    if not name:
        problems["name"] = [_("กรอกชื่อทางการของวันสำคัญ")]
    if not short_name:
        problems["short_name"] = [_("กรอกชื่อสั้นที่จะแสดงให้เลือกในแบบบันทึก")]
    if not EARLIEST_YEAR <= day.year + 543 <= LATEST_YEAR:
        problems["date"] = [_("ปีไม่ถูกต้อง เลือกวันระหว่าง พ.ศ. 2560 ถึง 2620")]
    widest = WIDEST_WINDOW.days
    for field, value in (("window_before", window_before), ("window_after", window_after)):
        if not 0 <= value <= widest:
            problems[field] = [_("ใส่จำนวนวันระหว่าง 0 ถึง %(most)d") % {"most": widest}]
    return problems
