"""What must be done in an office, what presses most first: the one list of the start page and of the morning's mail."""

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.home import summary as executive
from jitasa.home import work
from jitasa.home.late import late_months
from jitasa.home.letters import letters, own_letters
from jitasa.home.work import Item
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.review.selectors.inbox import waiting_sums
from jitasa.rounds.rules import MonthFacts
from jitasa.rounds.selectors.returns import facts_of_months
from jitasa.rounds.selectors.tallies import Sums
from jitasa.thai.dates import add_months, day_of, month_of, today
from jitasa.ui.days import short_date

Months = Mapping[date, tuple[MonthFacts, Sums]]


def of_office(viewer: Viewer, office: Organization, now: datetime) -> list[Item]:
    """What must be done in the viewer's office: nothing for an executive who only reads, led to where it is
    read for somebody who looks at the office as it sees itself.

    Who acts for the volunteer centre alone has letters of her own, and none of the clerks' work.
    """
    if executive.is_for(viewer):
        return []
    if viewer.only_steers:
        return own_letters(viewer, now)
    if viewer.is_lao:
        months = months_of(office, now, viewer.served_since)
        must = of_lao(viewer, work.own_records(office), months, now)
    else:
        must = of_above(viewer, office, now)
    return must if viewer.can_write else work.to_read(must)


def months_of(office: Organization, now: datetime, served: date | None = None) -> Months:
    """This month of a local government and those that a missing report is looked for.

    ``served``: the first day that somebody served it, where the caller knows.
    """
    this = month_of(today(now))
    months = [add_months(this, -back) for back in range(work.BACK, -1, -1)]
    return facts_of_months(office, months, served=served)


def of_lao(
    viewer: Viewer, rows: Mapping[Status, list[Activity]], months: Months, now: datetime
) -> list[Item]:
    """A local government: what came back, what waits for approval, months not confirmed, letters."""
    due = [item for item, _facts in work.due_months(months, now)]
    approvals = work.approvals(viewer, rows[Status.AWAITING], now)
    return [*work.returned(rows[Status.RETURNED], now), *approvals, *due, *letters(viewer, now)]


def of_above(viewer: Viewer, office: Organization, now: datetime) -> list[Item]:
    """A district, a province or the department: what waits for review, who is late, letters."""
    return [*_waiting(viewer), *late_months(office, now), *letters(viewer, now)]


def _waiting(viewer: Viewer) -> list[Item]:
    found = waiting_sums(viewer)
    if not found.count:
        return []
    since = _("เก่าที่สุดส่งเมื่อ %s") % short_date(day_of(found.oldest)) if found.oldest else ""
    return [
        Item(
            tone="warn",
            what=_("รอตรวจ"),
            when=_("%s รายการ") % found.count,
            title=_("ตรวจกิจกรรมที่ส่งเข้ามา %s รายการ") % found.count,
            words=" · ".join(
                filter(None, [_("มีข้อสังเกต %s รายการ") % found.flagged if found.flagged else "", since])
            ),
            url=reverse("review:list"),
            button=_("ตรวจ"),
            read_as=_("กิจกรรมรอตรวจ %s รายการ") % found.count,
        )
    ]
