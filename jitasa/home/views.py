"""The officers' start page: my work."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.selectors.same_day import earlier, reported
from jitasa.home import centre, duties, work
from jitasa.home import summary as executive
from jitasa.home.first_steps import first_steps
from jitasa.home.own_month import own_by_the_same_day
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.choices import STATE_TONE, ReturnState
from jitasa.rounds.rules import return_state
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import month_of, today
from jitasa.ui.days import long_date, weekday


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
    if centre.is_for(viewer):
        return render(request, "home/centre.html", context | centre.page(viewer, viewer.organization, now))
    if executive.is_for(viewer):
        return render(request, "home/summary.html", context | executive.summary(viewer.organization, now))
    own = _lao if viewer.is_lao else _above
    context |= own(viewer, viewer.organization, now)
    if not viewer.can_write:
        context["items"] = work.to_read(context["items"])
    return render(request, "home/start.html", context)


def _lao(viewer: Viewer, office: Organization, now: datetime) -> dict[str, Any]:
    """A local government's day: what came back, what waits, what is due, what was begun."""
    month, day = month_of(today(now)), today(now)
    facts_by_month = duties.months_of(office, now, viewer.served_since)
    rows = work.own_records(office)
    must = duties.of_lao(viewer, rows, facts_by_month, now)
    items = [
        *must,
        *work.materials(office, now),
        *work.coming_days(office, now),
        *work.drafts(rows[Status.DRAFT], now),
        *work.notices(viewer, now, must),
    ]
    accepted = sum(each.accepted for each, _sums in facts_by_month.values())
    facts, sums = facts_by_month[month]
    before = own_by_the_same_day(office, now)
    state = return_state(facts, day)
    every = facts.live + facts.unfinished + facts.returned
    return {
        "items": items,
        "first_steps": (steps := first_steps(viewer, office, now, accepted=accepted)),
        "first_steps_done": sum(step.done for step in steps),
        "month": month,
        "state": ReturnState(state),
        "tone": STATE_TONE[state],
        "due_on": facts.due_on,
        "moved": round_for(month).moved_words,
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
    figures, before = reported(scope), earlier(scope, now)
    must = duties.of_above(viewer, office, now)
    items = [
        *must,
        *work.materials(office, now),
        *work.notices(viewer, now, must),
    ]
    return {
        "items": items,
        "month": month,
        "due_on": round_for(month).due_on,
        "moved": round_for(month).moved_words,
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
