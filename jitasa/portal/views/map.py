"""The map of activities, and the points it asks for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from jitasa.organizations.models import Organization
from jitasa.portal.selectors import places, points
from jitasa.portal.views.page import page
from jitasa.rounds.selectors.lists import current_kinds
from jitasa.thai.dates import today


@page
def map_page(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the same as a list: of provinces, or of a province's activities."""
    day = today(timezone.now())
    asked = points.read(request.GET.dict())
    counts = points.by_province(asked, day)
    listed = places.provinces()
    chosen = _chosen(listed, request.GET.get("province", ""))
    context = {
        "asked": asked,
        "periods": points.PERIODS,
        "kinds": list(current_kinds()),
        "province": chosen,
        "rows": [(each, counts[each.code]) for each in listed if counts.get(each.code)],
        "all_provinces": listed,
        "total": sum(counts.values()),
        "activities": points.newest_in(chosen, asked, day) if chosen else [],
        "more": bool(chosen and counts.get(chosen.code, 0) > points.IN_THE_LIST),
    }
    return render(request, "portal/map.html", context)


def _chosen(listed: list[Organization], code: str) -> Organization | None:
    return next((each for each in listed if each.code == code), None)


@page
def map_points(request: HttpRequest) -> HttpResponse:
    """GeoJSON for the map. 400 with a sentence when the bounds cannot be used."""
    try:
        bounds = points.read_bounds(request.GET.get("bounds", ""))
    except ValueError as wrong:
        return JsonResponse({"error": str(wrong)}, status=400, json_dumps_params={"ensure_ascii": False})
    found = points.collection(points.read(request.GET.dict()), bounds, today(timezone.now()))
    return JsonResponse(found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})
