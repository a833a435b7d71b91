"""The first page: what this is, and what happened this month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jitasa.activities.selectors.public import published
from jitasa.portal.selectors import days, numbers
from jitasa.portal.selectors.activities import ORDER, for_cards
from jitasa.portal.views.page import page
from jitasa.rounds.selectors.lists import current_kinds
from jitasa.thai.dates import today

NEWEST = 6


@page
def front(request: HttpRequest) -> HttpResponse:
    """Everybody's first page; signed-in officers see the same one, with a link to their work."""
    day = today(timezone.now())
    found = numbers.country(day)
    context = {
        "country": found,
        "numbers": found.numbers,
        "urls": {code: reverse("portal:province", args=[code]) for code in found.provinces},
        "newest": list(for_cards(published().order_by(*ORDER))[:NEWEST]),
        "upcoming": days.upcoming(day),
        "kinds": list(current_kinds()),
    }
    return render(request, "portal/front.html", context)
