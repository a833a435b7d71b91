"""The months that local governments below have not said their last word about."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.compilation.selectors.unstated import Unstated, unstated_months
from jitasa.home.work import BACK, SHOWN, Item
from jitasa.organizations.models import Organization
from jitasa.thai.dates import add_months, month_of, today
from jitasa.ui.days import month_name, short_date


def late_months(office: Organization, now: datetime) -> list[Item]:
    """Every asked month of the last twelve with offices that are still to confirm, the longest late first.

    The first of more than ``SHOWN`` share a line, as on a local government's own page. One query.
    """
    day = today(now)
    months = [add_months(month_of(day), -back) for back in range(BACK, 0, -1)]
    open_ = [each for each in unstated_months(office, months) if each.count]
    if len(open_) <= SHOWN:
        return [_item(each, day) for each in open_]
    return [_earlier(open_[: 1 - SHOWN], day), *(_item(each, day) for each in open_[1 - SHOWN :])]


def _item(each: Unstated, day: date) -> Item:
    late = (day - each.due_on).days
    return Item(
        tone="bad" if late > 0 else "warn",
        what=short_date(each.due_on),
        when=_("เกินกำหนด %d วัน") % late if late > 0 else _("ครบกำหนด"),
        title=_("เดือน%(month)s: %(count)s หน่วยงานยังไม่ยืนยัน")
        % {"month": month_name(each.month), "count": f"{each.count:,}"},
        words=_("จาก %s หน่วยงานที่ต้องรายงาน") % f"{each.offices:,}",
        url=f"{reverse('compilation:board_month', args=[each.month])}?show=unconfirmed",
        button=_("ดูและเตือน"),
    )


def _earlier(months: list[Unstated], day: date) -> Item:
    """One line for the months before those that are named; it leads to the oldest."""
    oldest = months[0]
    return Item(
        tone="bad",
        what=short_date(oldest.due_on),
        when=_("เกินกำหนด %d วัน") % (day - oldest.due_on).days,
        title=_("ก่อนหน้านี้อีก %d เดือนมีหน่วยงานที่ยังไม่ยืนยัน") % len(months),
        words=_("เก่าที่สุด เดือน%(month)s %(count)s หน่วยงาน")
        % {"month": month_name(oldest.month), "count": f"{oldest.count:,}"},
        url=f"{reverse('compilation:board_month', args=[oldest.month])}?show=unconfirmed",
        button=_("ดูและเตือน"),
    )
