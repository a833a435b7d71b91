"""The hub of what the department sets: rounds, lists, important days."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jitasa.occasions.selectors import of_year
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.rounds.rules import may_edit_lists
from jitasa.rounds.selectors.lists import LISTS, counts
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import be_year, month_of, today


@officers
def hub(request: ViewerRequest) -> HttpResponse:
    """Everything that can be set, with what is in force now."""
    day = today(timezone.now())
    found = counts()
    context = {
        "round": round_for(month_of(day)),
        "lists": [(of, found[of.slug]) for of in LISTS.values()],
        "occasions": of_year(request.viewer, be_year(day)).count(),
        "year": be_year(day),
        "may_edit": may_edit_lists(request.viewer),
    }
    return render(request, "rounds/settings.html", context)
