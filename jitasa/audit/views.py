"""The list of what was done, by whom, when and from where."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.audit.forms import FilterForm
from jitasa.audit.labels import details, label
from jitasa.audit.selectors.entries import EntryFilters, Reader, addresses_shown, entries_of, names_shown
from jitasa.problems import Forbidden
from jitasa.ui.reading import identifier, page_of

PER_PAGE = 50


class ReaderRequest(HttpRequest):
    """A request with somebody who may be allowed to read."""

    viewer: Reader


@require_GET
@login_required
def entries(request: ReaderRequest) -> HttpResponse:
    """Entries of the own office, or of an office below (``?office=<id>``), newest first."""
    viewer = request.viewer
    if not viewer.is_administrator:
        raise Forbidden(_("บันทึกการใช้งานดูได้เฉพาะผู้ดูแลสำนักงาน"))
    asked = request.GET.get("office", "")
    wanted = identifier(asked) if asked else viewer.office_id
    office = get_object_or_404(viewer.visible_offices(), pk=wanted)
    form = FilterForm(request.GET)
    form.is_valid()  # what is unusable is shown beside its field and does not filter
    clean = form.cleaned_data
    filters = EntryFilters(
        person=clean.get("person", ""),
        verb=clean.get("verb", ""),
        first_day=clean.get("first_day"),
        last_day=clean.get("last_day"),
    )
    page = page_of(request, entries_of(viewer, office.pk, filters), PER_PAGE)
    shown = addresses_shown(viewer, page.object_list)
    names = names_shown(viewer, page.object_list, office.pk)
    rows = [
        (
            entry,
            names.get(entry.actor_id or 0, entry.actor_name),
            label(entry.verb),
            details(entry.data, entry.verb),
            entry.address if entry.actor_id is None or entry.actor_id in shown else "",
        )
        for entry in page
    ]
    context = {
        "office": office,
        "form": form,
        "page": page,
        "rows": rows,
        "own": office.pk == viewer.office_id,
        "filtered": any(request.GET.get(name) for name in ("person", "verb", "first_day", "last_day")),
    }
    return render(request, "audit/list.html", context)
