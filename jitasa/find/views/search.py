"""The search over everything: a page of its own, and the lines of the dialog that Ctrl-K opens."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from jitasa.find.selectors.everywhere import SOURCES, everywhere
from jitasa.organizations.middleware import ViewerRequest


@require_GET
@login_required
@vary_on_headers("HX-Request")
def search(request: ViewerRequest) -> HttpResponse:
    """``q`` are the words, ``kind`` one part alone with all its lines; for htmx the lines of the dialog."""
    kind = request.GET.get("kind", "")
    only = kind if kind in {part.key for part in SOURCES} else ""
    answer = everywhere(request.viewer, request.GET.get("q", ""), timezone.now(), only=only)
    context = {"answer": answer, "only": only}
    dialog = request.headers.get("HX-Request") == "true"
    return render(request, "find/parts/options.html" if dialog else "find/search.html", context)
