"""The first page of publicity: what came, what the office did, what it can do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.publicity import rules
from jitasa.publicity.models import Channel
from jitasa.publicity.selectors import boards
from jitasa.publicity.selectors.broadcasts import BroadcastFilter, broadcasts
from jitasa.publicity.selectors.materials import figures_of, library, waiting_for
from jitasa.publicity.views.access import common
from jitasa.publicity.views.asked import span
from jitasa.publicity.views.tiles import shown
from jitasa.thai.dates import today

SHOWN = 5
CARDS = 6


@officers
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    office, day, viewer = own_office(request), today(timezone.now()), request.viewer
    first, last = span("month", day)
    rows = broadcasts(viewer, BroadcastFilter(within=office, first=first, last=last))
    fresh = list(library(viewer, day=day)[:CARDS])
    figures = figures_of(viewer, fresh)
    waiting = waiting_for(office, day)
    if viewer.only_steers:  # what came to the office is its clerks' work
        waiting = waiting.none()
    context = {
        "waiting": waiting[:SHOWN],
        "waiting_count": waiting.count(),
        "total": boards.total(rows),
        "channels": Channel.objects.active().filter(organization=office).count(),
        "cards": [shown(each, day, figures.get(each.pk, (0, 0))) for each in fresh],
        "may_write": rules.may_write(viewer),
        "may_add": rules.may_add_material(viewer),
    }
    return render(request, "publicity/home.html", common(request, **context))
