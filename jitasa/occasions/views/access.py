"""Which important day, year and month an address means."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone

from jitasa.occasions import rules
from jitasa.occasions.models import Occasion
from jitasa.organizations.middleware import ViewerRequest
from jitasa.thai.dates import be_year, month_of, today
from jitasa.ui.reading import month_or_none, whole_number


def visible(request: ViewerRequest, pk: int) -> Occasion:
    """:raises Http404: there is none, or it is another province's own."""
    rows = Occasion.objects.visible_to(request.viewer).select_related("organization")
    return get_object_or_404(rows, pk=pk)


def year_of(request: ViewerRequest) -> int:
    """The Buddhist-era year asked for; this year when none or a year nobody can have meant."""
    text = request.GET.get("year") or request.POST.get("year") or ""
    asked = whole_number(text, least=rules.EARLIEST_YEAR, most=rules.LATEST_YEAR)
    return be_year(today(timezone.now())) if asked is None else asked


def month_asked(request: ViewerRequest) -> date:
    """The month asked for as ``2569-11``; this month when none or one outside the years there are."""
    this = month_of(today(timezone.now()))
    month = month_or_none(request.GET.get("month", ""))
    if month is None:
        return this
    return month if rules.EARLIEST_YEAR <= be_year(month) <= rules.LATEST_YEAR else this
