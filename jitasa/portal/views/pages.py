"""Pages of places: an office, a district, a province."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from jitasa.activities.selectors.public import published
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, Succession
from jitasa.organizations.selectors.registry import successor_today
from jitasa.portal.selectors import numbers, places, points
from jitasa.portal.selectors.activities import ORDER, for_cards
from jitasa.portal.views.page import page
from jitasa.thai.dates import today
from jitasa.thai.digits import to_arabic
from jitasa.ui.reading import are_digits

NEWEST = 9


def _found(code: str, level: Level) -> Organization | HttpResponse:
    """The office of an address, or the way to its present one: codes change, addresses stay."""
    plain = to_arabic(code)
    office = places.by_code(plain) if are_digits(plain, most=12) else None
    if office is None:
        raise Http404
    if office.code != code or office.level != level:
        return HttpResponsePermanentRedirect(places.address_of(office))
    return office


def _shared(office: Organization) -> dict[str, Any]:
    """What every place shows: numbers, newest activities with pictures, where they were."""
    day = today(timezone.now())
    month = numbers.newest_month(day, office)
    found = numbers.of_place(office, month)
    rows = published().filter(places.inside(office)).order_by(*ORDER)
    return {
        "office": office,
        "name": places.plain_name(office),
        "numbers": found,
        "newest": list(for_cards(rows)[:NEWEST]),
        "points": points.of_office(office, day),
        "province": _above(office.province_code) if office.level != Level.PROVINCE else None,
    }


def _above(code: str) -> Organization | None:
    return Organization.objects.open().filter(code=code).first() if code else None


@page
def office(request: HttpRequest, code: str) -> HttpResponse:
    """A local government; one that was merged away shows where it went and what it did."""
    found = _found(code, Level.LAO)
    if isinstance(found, HttpResponse):
        return found
    successor = successor_today(found) if found.closed_on else None
    context = _shared(found) | {
        "district": _above(found.district_code),
        "successor": successor if successor != found else None,
        "merged_in": Succession.objects.filter(successor=found).select_related("predecessor"),
    }
    return render(request, "portal/office.html", context)


@page
def district(request: HttpRequest, code: str) -> HttpResponse:
    """A district: its local governments and what they did."""
    found = _found(code, Level.DISTRICT)
    if isinstance(found, HttpResponse):
        return found
    context = _shared(found) | {"laos": places.laos_of(found)}
    return render(request, "portal/district.html", context)


@page
def province(request: HttpRequest, code: str) -> HttpResponse:
    """A province: its districts by number of activities, and where they were."""
    found = _found(code, Level.PROVINCE)
    if isinstance(found, HttpResponse):
        return found
    context = _shared(found)
    counts = numbers.by_district(found, context["numbers"].month)
    rows = [(each, counts.get(each.code, 0)) for each in places.districts_of(found.code)]
    context |= {"districts": rows}
    return render(request, "portal/province.html", context)
