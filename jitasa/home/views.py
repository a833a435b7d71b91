"""The officers' start page: my work."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.compilation.selectors.boards import figures_of
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.same_day import earlier
from jitasa.home import work
from jitasa.home.late import late_months
from jitasa.home.letters import letters
from jitasa.home.own_month import own_by_the_same_day
from jitasa.home.work import Item
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.review.selectors.inbox import waiting
from jitasa.rounds.choices import STATE_TONE, ReturnState
from jitasa.rounds.rules import return_state
from jitasa.rounds.selectors.returns import facts_of_months
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import add_months, day_of, month_of, today
from jitasa.ui.days import long_date, short_date, weekday


@login_required
@require_GET
def start(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    day = today(now)
    context: dict[str, Any] = {
        "day": _("วัน%(weekday)sที่ %(date)s") % {"weekday": weekday(day), "date": long_date(day)},
        "may_record": rules.may_record(viewer),
        "may_act": viewer.can_write,
    }
    if viewer.organization is None:
        return render(request, "home/no_office.html", context)
    own = _lao if viewer.is_lao else _above
    context |= own(viewer, viewer.organization, now)
    if not viewer.can_write:
        context["items"] = work.to_read(context["items"])
    return render(request, "home/start.html", context)


def _lao(viewer: Viewer, office: Organization, now: datetime) -> dict[str, Any]:
    """A local government's day: what came back, what waits, what is due, what was begun."""
    month, day = month_of(today(now)), today(now)
    facts_by_month = facts_of_months(office, [add_months(month, -back) for back in range(work.BACK, -1, -1)])
    months = [item for item, _facts in work.due_months(facts_by_month, now)]
    rows = work.own_records(office)
    approvals = work.approvals(viewer, rows[Status.AWAITING], now)
    must = [*work.returned(rows[Status.RETURNED], now), *approvals, *months, *letters(viewer, now)]
    items = [
        *must,
        *work.materials(office, now),
        *work.coming_days(office, now),
        *work.drafts(rows[Status.DRAFT], now),
        *work.notices(viewer, now, must),
    ]
    facts, sums = facts_by_month[month]
    before = own_by_the_same_day(office, now)
    state = return_state(facts, day)
    every = facts.live + facts.unfinished + facts.returned
    return {
        "items": items,
        "month": month,
        "state": ReturnState(state),
        "tone": STATE_TONE[state],
        "due_on": facts.due_on,
        "done": facts.live,
        "every": every,
        "numbers": [
            (facts.live, _("กิจกรรม"), before.activities),
            (sums.participants, _("ผู้เข้าร่วม"), before.participants),
            (sums.photos, _("ภาพ"), before.photos),
        ],
        "compared": before,
        "month_url": reverse("compilation:month_return", args=[month]),
    }


def _above(viewer: Viewer, office: Organization, now: datetime) -> dict[str, Any]:
    """The day of a district, a province or the department: review, who is late, the numbers."""
    month = month_of(today(now))
    scope = ReportScope(office, month)
    figures, before = figures_of(scope, now=now), earlier(scope, now)
    must = [*_waiting(viewer), *late_months(office, now), *letters(viewer, now)]
    items = [
        *must,
        *work.materials(office, now),
        *work.notices(viewer, now, must),
    ]
    return {
        "items": items,
        "month": month,
        "due_on": round_for(month).due_on,
        "done": figures.reported,
        "every": figures.offices,
        "numbers": [
            (figures.events, _("กิจกรรม"), before.figures.events),
            (figures.people, _("ผู้เข้าร่วม"), before.figures.people),
            (figures.photos, _("ภาพ"), before.figures.photos),
        ],
        "compared": before,
        "month_url": reverse("compilation:board_month", args=[month]),
        "above": True,
    }


def _waiting(viewer: Viewer) -> list[Item]:
    found = waiting(viewer).aggregate(
        count=Count("pk"), flagged=Count("pk", filter=Q(flag_count__gt=0)), oldest=Min("submitted_at")
    )
    count, flagged, oldest = found["count"], found["flagged"], found["oldest"]
    if not count:
        return []
    since = _("เก่าที่สุดส่งเมื่อ %s") % short_date(day_of(oldest)) if oldest else ""
    return [
        Item(
            tone="warn",
            what=_("รอตรวจ"),
            when=_("%s รายการ") % f"{count:,}",
            title=_("ตรวจกิจกรรมที่ส่งเข้ามา %s รายการ") % f"{count:,}",
            words=" · ".join(
                filter(None, [_("มีข้อสังเกต %s รายการ") % f"{flagged:,}" if flagged else "", since])
            ),
            url=reverse("review:list"),
            button=_("ตรวจ"),
            read_as=_("กิจกรรมรอตรวจ %s รายการ") % f"{count:,}",
        )
    ]
