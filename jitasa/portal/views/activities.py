"""Accepted activities: the list with its search, and each one."""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from jitasa.activities.choices import Part, Status
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.public_point import public_point
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.public import published, with_cleared_photos
from jitasa.organizations.selectors import geography
from jitasa.portal.selectors import activities as selector
from jitasa.portal.selectors import places, points
from jitasa.portal.views.page import Gone, page
from jitasa.rounds.selectors.lists import current_kinds
from jitasa.thai.dates import today
from jitasa.thai.digits import to_arabic

PARTS_MOST = 24  # of a joint event, shown as cards
NUMBER = re.compile(r"\d{2}-\d{4}-\d{6,8}")


@page
def activities(request: HttpRequest) -> HttpResponse:
    """The list. Whatever the address asks, the answer is a list or a sentence that says what to do."""
    filters = selector.read(request.GET.dict(), today=today(timezone.now()))
    shown = selector.paged(selector.narrowed(filters), request.GET.get("page", "1"))
    context = {
        "filters": filters,
        "search_text": filters.search.text,
        "shown": shown,
        "overflows": shown.paginator.overflows,  # type: ignore[attr-defined]  # our own paginator
        "kinds": list(current_kinds()),
        "provinces": places.provinces(),
        "districts": places.districts_of(filters.province) if filters.province else [],
        "tambons": geography.tambons(filters.district) if filters.district else [],
        "place": place_words(filters),
    }
    return render(request, "portal/activities.html", context)


def place_words(filters: selector.PublicFilters) -> str:
    if filters.office is not None:
        return filters.office.short_name
    return geography.place_label(filters.tambon or filters.district or filters.province)


@page
def activity(request: HttpRequest, number: str) -> HttpResponse:
    """One accepted record; 410 for one that was accepted once and is not now."""
    plain = to_arabic(number)
    if not NUMBER.fullmatch(plain):
        raise Http404
    if plain != number:
        return HttpResponsePermanentRedirect(reverse("portal:activity", args=[plain]))
    rows = with_cleared_photos(published().filter(number=plain))
    rows = rows.select_related(
        "kind", "sub_kind", "organization", "occasion__organization", "host_organization", "host_activity"
    )
    found = rows.prefetch_related("measures__measure", "participations__group").first()
    if found is None:
        if Activity.objects.filter(number=plain, steps__act=Act.ACCEPTED).exists():
            raise Gone
        raise Http404
    return render(request, "portal/activity.html", _facts(found))


def _facts(found: Activity) -> dict[str, Any]:
    office = found.organization
    full = f"{settings.SITE_URL}{reverse('portal:activity', args=[found.number])}"
    return {
        "activity": found,
        "photos": found.public_photos,  # type: ignore[attr-defined]  # read by with_cleared_photos
        "place": " ".join(filter(None, (found.place, tambon_words(found.tambon_code)))),
        "district": geography.district(office.district_code),
        "province": geography.province(office.province_code),
        "points": points.dot(public_point(found.latitude, found.longitude), found.name, tone="warn"),
        "share": _share(full, found.name),
        "full_address": full,
        "card": _card(found.number),
        "parts": _parts(found),
        "event": found.host_activity if _is_shown(found.host_activity) else None,
        "nearby": _nearby(found),
    }


def _parts(found: Activity) -> list[Activity]:
    """What the other offices of a joint event recorded of it."""
    if found.part != Part.HOST:
        return []
    rows = published().filter(host_activity=found.pk)
    return list(selector.for_cards(rows.order_by("organization_name", "pk"))[:PARTS_MOST])


def _is_shown(event: Activity | None) -> bool:
    return event is not None and event.status == Status.ACCEPTED


def _nearby(found: Activity) -> list[Activity]:
    """The same office's other newest activities."""
    rows = published().filter(organization=found.organization_id).exclude(pk=found.pk)
    return list(selector.for_cards(rows.order_by(*selector.ORDER))[:3])


def _card(number: str) -> str:
    """The full address of the share picture; empty where there is none."""
    try:
        return f"{settings.SITE_URL}{reverse('portal:card', args=[number, 'wide'])}"
    except NoReverseMatch:
        return ""


def _share(full: str, name: str) -> dict[str, str]:
    """Plain links of the two networks people use: no script of theirs on our page."""
    return {
        "line": f"https://social-plugins.line.me/lineit/share?{urlencode({'url': full, 'text': name})}",
        "facebook": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': full})}",
    }
