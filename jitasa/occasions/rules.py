"""Decisions about important days from given facts: no database here."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.occasions.models import WIDEST_WINDOW, Occasion
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer

EARLIEST_YEAR, LATEST_YEAR = 2560, 2620  # Buddhist era; what a person can have meant
SETTERS = gettext_noop("เฉพาะกรม จังหวัด และ ศอ.จอส. เท่านั้นที่กำหนดวันสำคัญได้")


def in_window(occasion: Occasion, day: date) -> bool:
    """Whether an activity on ``day`` may be held "on the occasion of" it (both ends included)."""
    first, last = window_of(occasion)
    return first <= day <= last


def may_add(viewer: Viewer) -> bool:
    """The department adds national days, a province days of its own (docs/domain.md §4); a volunteer centre
    days of its level: the nation's, the province's, the district's."""
    return viewer.is_system or may_list(viewer) or viewer.is_centre


def may_list(viewer: Viewer) -> bool:
    """Who keeps the office's list of days from year to year: fills and copies it."""
    if viewer.is_system:
        return True
    return viewer.level in (Level.DEPARTMENT, Level.PROVINCE) and viewer.has(Role.OFFICER, Role.ADMINISTRATOR)


def may_edit(viewer: Viewer, occasion: Occasion) -> bool:
    """Each keeps its own: the department the national days, a province the days it added, a centre those it set."""
    if viewer.is_system:
        return True
    national = occasion.organization_id is None
    own = viewer.is_department if national else viewer.office_id == occasion.organization_id
    return own and (viewer.is_centre if occasion.by_centre else may_list(viewer))


def may_adopt(viewer: Viewer) -> bool:
    """The department adopts the year's list of national days."""
    return viewer.is_system or (viewer.is_department and may_list(viewer))


def may_plan(viewer: Viewer) -> bool:
    """Who gets the button that begins a record for a day: those who write records of an LAO."""
    return viewer.is_lao and viewer.can_write


def window_of(occasion: Occasion) -> tuple[date, date]:
    """The first and the last day an activity may be held on the occasion of it."""
    before, after = timedelta(days=occasion.window_before), timedelta(days=occasion.window_after)
    return occasion.date - before, occasion.date + after


def owner_for(viewer: Viewer) -> Organization | None:
    """Whose day it becomes when the viewer adds one: the province's or district's, or ``None`` for a national day."""
    return None if viewer.is_system or viewer.is_department else viewer.organization


def order_problems(*, by_centre: bool, reference: str, has_file: bool) -> dict[str, list[str]]:
    """A centre sets a day by an order: its words and its file are kept with the day."""
    if not by_centre:
        return {}
    problems: dict[str, list[str]] = {}
    if not reference:
        problems["order_reference"] = [_("กรอกเลขที่และวันที่ของคำสั่งหรือหนังสือที่กำหนดวันนี้")]
    if not has_file:
        problems["order_file"] = [_("แนบไฟล์คำสั่งหรือหนังสือที่กำหนดวันนี้ เช่น PDF หรือภาพถ่าย")]
    return problems


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
            problems[field] = [_("กรอกจำนวนวันระหว่าง 0 ถึง %(most)d") % {"most": widest}]
    return problems
