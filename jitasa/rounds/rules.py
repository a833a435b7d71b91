"""Decisions about rounds and returns from given facts: no database here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.choices import (
    ALWAYS_REQUIRED,
    DEFAULT_DUE_DAY,
    DEFAULT_PHOTOS_LEAST,
    DEFAULT_PHOTOS_MOST,
    DEFAULT_REQUIRED,
    REQUIRABLE,
    ReturnState,
)
from jitasa.rounds.rules_due import due_from
from jitasa.rounds.rules_heading import DEFAULT_HEADING, heading_problems
from jitasa.thai.dates import add_months, last_day, today
from jitasa.ui.days import short_date

PHOTOS_LEAST_BOUND = 20
PHOTOS_MOST_BOUND = 50


# --- who may ----------------------------------------------------------------------------------------
def may_edit_lists(viewer: Viewer) -> bool:
    """The department keeps the lists."""
    return viewer.is_system or (viewer.is_department and viewer.has(Role.OFFICER, Role.ADMINISTRATOR))


def may_edit_round(viewer: Viewer) -> bool:
    """The department sets a month's rules (docs/domain.md §3: the letters do not say them)."""
    return may_edit_lists(viewer)


def may_state(viewer: Viewer, organization: Organization) -> bool:
    """An office states its own month: its officers, approvers and administrators, and nobody above."""
    if viewer.is_system:
        return True
    own = viewer.office_id == organization.pk and organization.is_lao
    return own and viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


# --- a month's rules --------------------------------------------------------------------------------
def first_rules(month: date) -> dict[str, Any]:
    """The rules of the very first round, until the department sets others."""
    nominal = add_months(month, 1).replace(day=DEFAULT_DUE_DAY)
    return {
        "nominal_due_on": nominal,
        "due_on": due_from(nominal),
        "required_fields": list(DEFAULT_REQUIRED),
        "photos_least": DEFAULT_PHOTOS_LEAST,
        "photos_most": DEFAULT_PHOTOS_MOST,
        "nil_allowed": True,
    }


def same_due_day(from_month: date, from_due: date, month: date) -> date:
    """The due day of ``month`` by the rule of another month: the same day, as many months later.

    The last day of a month stays the last day (31 January → 28 February → 31 March); a day that a
    month does not have becomes its last.
    """
    later = (from_due.year - from_month.year) * 12 + from_due.month - from_month.month
    last = last_day(add_months(month, later))
    if from_due == last_day(from_due.replace(day=1)):
        return last
    return last.replace(day=min(from_due.day, last.day))


def ordered_fields(names: Iterable[str]) -> list[str]:
    """Required fields in the order of the page, the indispensable ones included."""
    wanted = {*names, *ALWAYS_REQUIRED}
    return [name for name in REQUIRABLE if name in wanted]


def round_problems(
    *,
    month: date,
    due_on: date,
    required_fields: Iterable[str],
    photos_least: int,
    photos_most: int,
    report_heading: str = DEFAULT_HEADING,
) -> dict[str, list[str]]:
    """What contradicts itself in a month's rules, by field."""
    problems: dict[str, list[str]] = {}
    if due_on <= last_day(month):
        problems["due_on"] = [_("วันครบกำหนดต้องอยู่หลังวันสิ้นเดือน เลือกวันในเดือนถัดไป")]
    elif due_on > last_day(add_months(month, 3)):
        problems["due_on"] = [_("วันครบกำหนดต้องไม่เกิน 3 เดือนหลังเดือนที่รายงาน เลือกวันที่ใกล้กว่านี้")]
    unknown = [name for name in required_fields if name not in REQUIRABLE]
    if unknown:
        problems["required_fields"] = [
            _("ไม่รู้จักช่อง %(names)s เลือกจากรายการเท่านั้น") % {"names": ", ".join(unknown)}
        ]
    if not 0 <= photos_least <= PHOTOS_LEAST_BOUND:
        problems["photos_least"] = [_("จำนวนภาพอย่างน้อยต้องอยู่ระหว่าง 0 ถึง 20")]
    if not 1 <= photos_most <= PHOTOS_MOST_BOUND:
        problems["photos_most"] = [_("จำนวนภาพมากที่สุดต้องอยู่ระหว่าง 1 ถึง 50")]
    elif photos_most < photos_least:
        problems["photos_most"] = [_("จำนวนภาพมากที่สุดต้องไม่น้อยกว่าจำนวนอย่างน้อย")]
    if said := heading_problems(report_heading):
        problems["report_heading"] = said
    return problems


# --- an office's month ------------------------------------------------------------------------------
@dataclass(frozen=True)
class MonthFacts:
    """All that decides where one office stands with one month.

    Counts are records by status. ``exists`` is false when the office had not begun or had already
    been closed or merged for the whole month; ``successor`` then names who took it over, if anybody.
    ``asked`` is false for a month before the first round or before anybody served the office: it may be
    reported and is never late.
    """

    month: date
    due_on: date
    drafts: int = 0
    awaiting: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    nil_at: datetime | None = None
    nil_reason: str = ""
    confirmed_at: datetime | None = None
    on_time: bool | None = None
    changed_at: datetime | None = None
    exists: bool = True
    successor: str = ""
    asked: bool = True

    @property
    def live(self) -> int:
        """Records that count as reported."""
        return self.submitted + self.accepted

    @property
    def unfinished(self) -> int:
        return self.drafts + self.awaiting

    @property
    def stated(self) -> bool:
        """Whether the office has said its last word: nil, or confirmed complete."""
        return self.nil_at is not None or self.confirmed_at is not None

    @property
    def stated_on_time(self) -> bool | None:
        """``None`` while nothing is stated."""
        if self.confirmed_at is not None:
            return self.on_time
        return is_on_time(self.nil_at, self.due_on) if self.nil_at is not None else None


def is_on_time(at: datetime, due_on: date) -> bool:
    """Whether an instant lies on or before the due day in Thailand (until midnight)."""
    return today(at) <= due_on


def return_state(facts: MonthFacts, day: date) -> ReturnState:
    """Where the office stands on ``day``. What must be mended comes before what was stated."""
    if not facts.exists:
        return ReturnState.MERGED
    if facts.returned:
        return ReturnState.RETURNED
    if facts.confirmed_at is not None:
        return ReturnState.CONFIRMED
    if facts.nil_at is not None:
        return ReturnState.NIL
    if not facts.asked and (day > facts.due_on or not (facts.live or facts.unfinished)):
        return ReturnState.MERGED
    if day > facts.due_on:
        return ReturnState.LATE
    if facts.live or facts.unfinished:
        return ReturnState.IN_PROGRESS
    return ReturnState.NOT_DUE if day <= last_day(facts.month) else ReturnState.NOTHING


def state_reason(facts: MonthFacts, day: date) -> str:
    """One sentence in Thai: why this state, and what is next."""
    return _REASONS[return_state(facts, day)](facts, day)


def _merged_reason(facts: MonthFacts, _day: date) -> str:
    if facts.successor:
        return _("ยุบรวมกับ %(name)s แล้ว เดือนนี้ไม่ต้องรายงาน") % {"name": facts.successor}
    if facts.exists:
        return _("เดือนนี้อยู่ก่อนรอบแรกของระบบหรือก่อนหน่วยงานเริ่มมีผู้ใช้ ไม่ต้องรายงาน")
    return _("หน่วยงานยังไม่ตั้งหรือสิ้นสุดไปแล้วในเดือนนี้ ไม่ต้องรายงาน")


def _returned_reason(facts: MonthFacts, _day: date) -> str:
    return _("มีรายการส่งกลับแก้ไข %(count)d รายการ แก้ไขแล้วส่งใหม่") % {"count": facts.returned}


def _confirmed_reason(facts: MonthFacts, _day: date) -> str:
    words = [_("ยืนยันว่าครบ %(count)d กิจกรรม") % {"count": facts.live}]
    words.append(_("ทันกำหนด") if facts.on_time else _("หลังกำหนด"))
    if facts.changed_at is not None:
        words.append(_("มีการเปลี่ยนแปลงหลังยืนยัน"))
    return " · ".join(words)


def _nil_reason(facts: MonthFacts, _day: date) -> str:
    return _("ไม่มีกิจกรรม เพราะ%(reason)s") % {"reason": facts.nil_reason}


def _late_reason(facts: MonthFacts, day: date) -> str:
    late = _("ล่าช้า %(days)d วัน") % {"days": (day - facts.due_on).days}
    if facts.live:
        why = _("ส่งแล้ว %(count)d กิจกรรม ยังไม่ยืนยันว่าครบ") % {"count": facts.live}
    elif facts.unfinished:
        why = _("มีร่าง %(count)d รายการยังไม่ส่ง") % {"count": facts.unfinished}
    else:
        why = _("ยังไม่มีรายงาน และยังไม่แจ้งว่าไม่มีกิจกรรม")
    return f"{late} · {why}"


def _progress_reason(facts: MonthFacts, _day: date) -> str:
    due = _("ครบกำหนด %(day)s") % {"day": short_date(facts.due_on)}
    if facts.live:
        why = _("ส่งแล้ว %(count)d กิจกรรม รอยืนยันว่าครบ") % {"count": facts.live}
    else:
        why = _("มีร่าง %(count)d รายการยังไม่ส่ง") % {"count": facts.unfinished}
    return f"{why} · {due}"


def _quiet_reason(facts: MonthFacts, _day: date) -> str:
    return _("ยังไม่มีรายงาน ครบกำหนด %(day)s") % {"day": short_date(facts.due_on)}


_REASONS = {
    ReturnState.MERGED: _merged_reason,
    ReturnState.RETURNED: _returned_reason,
    ReturnState.CONFIRMED: _confirmed_reason,
    ReturnState.NIL: _nil_reason,
    ReturnState.LATE: _late_reason,
    ReturnState.IN_PROGRESS: _progress_reason,
    ReturnState.NOT_DUE: _quiet_reason,
    ReturnState.NOTHING: _quiet_reason,
}


def nil_obstacles(facts: MonthFacts, *, nil_allowed: bool, day: date) -> list[str]:
    """Why the office cannot state "no activity" now; empty when it can."""
    if not facts.exists:
        return [_merged_reason(facts, day)]
    if day < facts.month:
        return [_("เดือนนี้ยังไม่เริ่ม แจ้งได้ตั้งแต่วันที่ 1 ของเดือน")]
    if not nil_allowed:
        return [_("รอบนี้กรมไม่รับการแจ้งว่าไม่มีกิจกรรม ให้บันทึกกิจกรรมอย่างน้อย 1 รายการ")]
    if facts.confirmed_at is not None:
        return [_("เดือนนี้ยืนยันครบไปแล้ว ยกเลิกการยืนยันก่อน แล้วจึงแจ้งว่าไม่มีกิจกรรม")]
    sent = facts.live + facts.returned + facts.awaiting
    if sent:
        return [_("เดือนนี้มีกิจกรรมที่ส่งแล้ว %(count)d รายการ หากส่งผิดให้ถอนรายการนั้นก่อน") % {"count": sent}]
    return []


def confirm_obstacles(facts: MonthFacts, day: date) -> list[str]:
    """Why the office cannot confirm the month as complete now; empty when it can."""
    if not facts.exists:
        return [_merged_reason(facts, day)]
    if day < facts.month:
        return [_("เดือนนี้ยังไม่เริ่ม ยืนยันได้ตั้งแต่วันที่ 1 ของเดือน")]
    found = []
    if facts.returned:
        found.append(_("มีรายการส่งกลับแก้ไข %(count)d รายการ แก้ไขแล้วส่งใหม่ก่อนยืนยัน") % {"count": facts.returned})
    if facts.awaiting:
        found.append(_("มี %(count)d รายการรออนุมัติ ให้ผู้อนุมัติส่งก่อนยืนยัน") % {"count": facts.awaiting})
    if not found and not facts.live:
        found.append(_("ยังไม่มีกิจกรรมที่ส่งแล้ว ให้ส่งกิจกรรมก่อน หรือแจ้งว่าไม่มีกิจกรรม"))
    return found


def confirm_warnings(facts: MonthFacts) -> list[str]:
    """What a person should know before confirming; it does not stop the confirmation."""
    if not facts.drafts:
        return []
    return [_("มีร่าง %(count)d รายการที่ยังไม่ส่ง ร่างไม่ถูกนับ หากจัดจริงให้ส่งก่อนยืนยัน") % {"count": facts.drafts}]


def series_known(months: Sequence[date], values: Iterable[int], asked: Collection[date]) -> list[int | None]:
    """A series by month for a chart: ``None`` for a month that had no round and in which nothing was recorded.

    Such a month is not drawn as nothing done: nobody was asked. ``asked``: ``selectors.rounds.asked_months``.
    """
    pairs = zip(months, values, strict=True)
    return [value if value or month in asked else None for month, value in pairs]
