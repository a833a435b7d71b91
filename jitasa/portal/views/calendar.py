"""The calendar of important days, and a page for each day."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jitasa.activities.selectors.public import published
from jitasa.occasions.month_grid import weeks
from jitasa.occasions.rules import window_of
from jitasa.portal.selectors import days, numbers, places
from jitasa.portal.selectors.activities import ORDER, for_cards
from jitasa.portal.views.page import page
from jitasa.thai.dates import add_months, be_year, month_of, today
from jitasa.ui.reading import are_digits, month_or_none, whole_number

NEWEST = 9
FIRST_YEAR, LAST_YEAR = 2550, 2650


def _province(request: HttpRequest) -> str:
    code = request.GET.get("province", "")
    return code if are_digits(code, least=2, most=2) else ""


def _month(request: HttpRequest) -> tuple[date, bool]:
    """The month asked for, and whether it could be read."""
    this = month_of(today(timezone.now()))
    text = request.GET.get("month", "")
    if not text:
        return this, True
    month = month_or_none(text)
    if month is None:
        return this, False
    return (month, True) if FIRST_YEAR <= be_year(month) <= LAST_YEAR else (this, False)


@page
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of important days, with what comes after it."""
    month, understood = _month(request)
    province = _province(request)
    found = days.of_month(month, province)
    context = {
        "month": month,
        "understood": understood,
        "weeks": weeks(month, found),
        "found": found,
        "today": today(timezone.now()),
        "before": add_months(month, -1),
        "after": add_months(month, 1),
        "next_days": days.upcoming(add_months(month, 1), province),
        "year": be_year(month),
        "provinces": places.provinces(),
        "province": province,
    }
    return render(request, "portal/calendar.html", context)


@page
def year_list(request: HttpRequest) -> HttpResponse:
    """All important days of a year."""
    known = days.years()
    this = be_year(today(timezone.now()))
    year = whole_number(request.GET.get("year", ""), least=1000, most=9999) or this
    context = {
        "year": year,
        "years": known,
        "found": days.of_year(year) if FIRST_YEAR <= year <= LAST_YEAR else [],
        "today": today(timezone.now()),
    }
    return render(request, "portal/days.html", context)


@page
def day(request: HttpRequest, year: int, code: str, province: str = "") -> HttpResponse:
    """An important day: what it is, and what was done for it; under all the names and dates it had."""
    found = days.find(year, code, province) if FIRST_YEAR <= year <= LAST_YEAR else None
    if found is None:
        raise Http404
    if days.address(found) != request.path:
        return HttpResponsePermanentRedirect(days.address(found))
    ids = list(days.rows_of(found).values_list("pk", flat=True))
    activities, people, offices, by_province = numbers.of_days(ids)
    first, last = window_of(found)
    rows = published().filter(occasion__in=ids).order_by(*ORDER)
    context = {
        "day": found,
        "first": first,
        "last": last,
        "activities": activities,
        "people": people,
        "offices": offices,
        "by_province": by_province,
        "urls": {each: reverse("portal:province", args=[each]) for each in by_province},
        "newest": list(for_cards(rows)[:NEWEST]),
        "ahead": found.date >= today(timezone.now()),
    }
    return render(request, "portal/day.html", context)
