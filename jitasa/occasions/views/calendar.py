"""The calendar of important days: a month, the list of a year, a year at a glance."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jitasa.occasions import rules, selectors
from jitasa.occasions.models import Occasion
from jitasa.occasions.month_grid import weeks
from jitasa.occasions.views.access import month_asked, year_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.access import officers
from jitasa.thai.dates import BE_OFFSET, add_months, be_year, today

VIEWS = ("month", "list", "year")
WEEKDAYS = [
    (_("อา."), _("อาทิตย์")),
    (_("จ."), _("จันทร์")),
    (_("อ."), _("อังคาร")),
    (_("พ."), _("พุธ")),
    (_("พฤ."), _("พฤหัสบดี")),
    (_("ศ."), _("ศุกร์")),
    (_("ส."), _("เสาร์")),
]


@officers
@require_GET
def calendar(request: ViewerRequest) -> HttpResponse:
    """``view`` is month (default, with ``month=2569-11``), list or year (with ``year=2569``)."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else VIEWS[0]
    month = month_asked(request)
    year = be_year(month) if view == "month" else year_of(request)
    viewer = request.viewer
    context = {
        "view": view,
        "month": month,
        "year": year,
        "month_of_year": month if be_year(month) == year else date(year - BE_OFFSET, 1, 1),
        "today": today(timezone.now()),
        "adoption": selectors.adoption(year),
        "may_plan": rules.may_plan(viewer),
        "may_add": rules.may_add(viewer),
        "feeds": _feeds(viewer),
        **_content(viewer, view, month, year),
    }
    return render(request, "occasions/calendar.html", context)


def _content(viewer: Viewer, view: str, month: date, year: int) -> dict[str, Any]:
    if view == "month":
        days = list(selectors.of_month(viewer, month))
        return {
            "days": _lines(days),
            "weeks": weeks(month, days),
            "weekdays": WEEKDAYS,
            "previous": _known(add_months(month, -1)),
            "next": _known(add_months(month, 1)),
        }
    days = list(selectors.of_year(viewer, year))
    around = {
        "previous": year - 1 if year > rules.EARLIEST_YEAR else None,
        "next": year + 1 if year < rules.LATEST_YEAR else None,
    }
    if view == "list":
        return {"days": _lines(days), **around}
    first = date(year - BE_OFFSET, 1, 1)
    months = [add_months(first, n) for n in range(12)]
    return {
        "days": days,
        "months": [(m, [d for d in days if d.date.month == m.month]) for m in months],
        **around,
    }


def _known(month: date) -> date | None:
    return month if rules.EARLIEST_YEAR <= be_year(month) <= rules.LATEST_YEAR else None


def _lines(days: list[Occasion]) -> list[dict[str, Any]]:
    """Each day with its window; ``open``: whether an activity for it can still be held or written."""
    now = today(timezone.now())
    lines = []
    for day in days:
        first, last = rules.window_of(day)
        lines.append({"day": day, "first": first, "last": last, "open": now <= last, "ahead": now < day.date})
    return lines


def _feeds(viewer: Viewer) -> list[tuple[str, str]]:
    """(words, address) of the feeds to subscribe to."""
    found = []
    if viewer.organization is not None and viewer.organization.province_code:
        address = reverse("calendar_feed_office", args=[viewer.organization.code])
        found.append((str(_("วันของชาติและวันของจังหวัด")), f"{settings.SITE_URL}{address}"))
    found.append((str(_("วันของชาติ")), f"{settings.SITE_URL}{reverse('calendar_feed')}"))
    return found
