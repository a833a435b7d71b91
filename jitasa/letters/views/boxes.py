"""The inbox and the outbox."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jitasa.letters import rules
from jitasa.letters.selectors.before import letters_before
from jitasa.letters.selectors.inbox import inbox as received
from jitasa.letters.selectors.inbox import inbox_counts, inbox_filters
from jitasa.letters.selectors.outbox import OUTBOX_FILTERS, follow_counts
from jitasa.letters.selectors.outbox import outbox as written
from jitasa.organizations.choices import Role
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.scope import merged_into
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.thai.dates import today
from jitasa.ui.reading import page_of

ROWS = 30


@officers
@require_GET
def inbox(request: ViewerRequest) -> HttpResponse:
    """What came to the viewer's own office."""
    office, now = own_office(request), timezone.now()
    chosen, text = request.GET.get("show", ""), request.GET.get("q", "")
    person = request.viewer.user.pk if request.viewer.user else None
    rows = page_of(request, received(office, chosen=chosen, text=text, now=now, person=person), ROWS)
    show_posts(((row.assigned_to, now) for row in rows), with_office=False, of=office.pk)
    counts = inbox_counts(office, now, person)
    context = {
        "page": rows,
        "chips": [
            (each.name, each.label, counts.get(each.name, 0)) for each in inbox_filters(today(now), person)
        ],
        "show": chosen,
        "q": text,
        "day": today(now),
        "may_write": rules.may_write(request.viewer),
        "may_register": rules.may_keep_registers(request.viewer),
        "may_destroy": rules.may_destroy(request.viewer),
        "may_set": request.viewer.has(Role.ADMINISTRATOR, Role.APPROVER),
    }
    return render(request, "letters/inbox.html", context)


@officers
@require_GET
def outbox(request: ViewerRequest) -> HttpResponse:
    """What the viewer's own office writes and has sent."""
    office = own_office(request)
    chosen, text = request.GET.get("show", ""), request.GET.get("q", "")
    page = page_of(request, written(office, chosen=chosen, text=text), ROWS)
    counts = follow_counts(page)
    context = {
        "page": page,
        "lines": [(letter, counts.get(letter.pk)) for letter in page],
        "chips": [(name, label) for name, (label, _rows) in OUTBOX_FILTERS.items()],
        "show": chosen,
        "q": text,
        "may_write": rules.may_write(request.viewer),
        "may_register": rules.may_keep_registers(request.viewer),
        "may_destroy": rules.may_destroy(request.viewer),
        "may_set": request.viewer.has(Role.ADMINISTRATOR, Role.APPROVER),
    }
    return render(request, "letters/outbox.html", context)


@officers
@require_GET
def before(request: ViewerRequest) -> HttpResponse:
    """What the offices merged into the viewer's own sent and received."""
    office, text = own_office(request), request.GET.get("q", "")
    context = {
        "page": page_of(request, letters_before(office, text=text), ROWS),
        "offices": merged_into(office).order_by("closed_on"),
        "q": text,
        "may_destroy": rules.may_destroy(request.viewer),
        "may_set": request.viewer.has(Role.ADMINISTRATOR, Role.APPROVER),
    }
    return render(request, "letters/before.html", context)
