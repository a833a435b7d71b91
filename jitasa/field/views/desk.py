"""What an office needs to record without a signal, fetched with the session and kept on the device for this person."""

from datetime import date, time
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.forms import initial_of
from jitasa.activities.models import Invitation
from jitasa.activities.selectors.invitations import first_values, waiting_for
from jitasa.activities.views import record_page as page
from jitasa.activities.views.proposals import kept_lines
from jitasa.organizations.middleware import ViewerRequest
from jitasa.ui.days import short_date

FILLED = (
    "name", "kind", "sub_kind", "start_date", "start_time", "end_date", "end_time", "place", "moo", "tambon_code",
    "latitude", "longitude", "point_source", "basis", "occasion_id", "part", "host_organization_id", "host_activity",
    "chair_position",
)  # fmt: skip
LISTS = ("tambon_code", "occasion_id", "host_organization_id")


@require_GET
@gzip_page
def desk(request: ViewerRequest) -> HttpResponse:
    """The person, the office, its tambons, important days and hosts, its last records to propose, the events it is asked to.

    401 for nobody. Somebody who does not record has no desk: ``{"person": null}``, so that everybody's page may ask.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("เข้าสู่ระบบก่อน")}, status=401)
    viewer = request.viewer
    if not rules.may_record(viewer):
        return JsonResponse({"person": None})
    office = page.office_of(viewer, None)
    form = page.make_form(office=office, activity=None, now=timezone.now())
    answer = {
        "person": {
            "id": str(request.user.pk),
            "username": request.user.get_username(),
            "name": viewer.user_name,
        },
        "office": {
            "name": str(office),
            "province": office.province_code,
            "latitude": office.latitude,
            "longitude": office.longitude,
            "asks_approval": rules.needs_approval(viewer, office),
        },
        "lists": {name: _groups(form.fields[name].choices) for name in LISTS},  # type: ignore[attr-defined]  # choice fields
        "earlier": kept_lines(viewer, office),
        "joint": [_event(each) for each in waiting_for(office.pk)],
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _event(invitation: Invitation) -> dict[str, Any]:
    """An event the office is asked to: its words, and what the record begins with, as the form's boxes show it."""
    event = invitation.activity
    fill = {
        name: _box(value) for name, value in initial_of(first_values(invitation)).items() if name in FILLED
    }
    day = short_date(event.start_date) if event.start_date else ""
    return {
        "name": str(event),
        "detail": " · ".join(filter(None, [event.organization_name, day])),
        "host": event.organization_name,
        "fill": {name: text for name, text in fill.items() if text},
    }


def _box(value: Any) -> str:
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _groups(choices: Any) -> list[dict[str, Any]]:
    """Options in groups, as a select shows them; the first, empty one stays in the page."""
    return [
        {"label": str(label), "options": [[str(code), str(words)] for code, words in options]}
        for label, options in choices
        if isinstance(options, (list, tuple))
    ]
