"""What an office needs to record without a signal, fetched with the session and kept on the device for this person."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.views import record_page as page
from jitasa.activities.views.proposals import kept_lines
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden

LISTS = ("tambon_code", "occasion_id", "host_organization_id")


@require_GET
def desk(request: ViewerRequest) -> HttpResponse:
    """The person, the office, its tambons, important days and hosts, its last records to propose. 401 for nobody."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("เข้าสู่ระบบก่อน")}, status=401)
    viewer = request.viewer
    if not rules.may_record(viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
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
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _groups(choices: Any) -> list[dict[str, Any]]:
    """Options in groups, as a select shows them; the first, empty one stays in the page."""
    return [
        {"label": str(label), "options": [[str(code), str(words)] for code, words in options]}
        for label, options in choices
        if isinstance(options, (list, tuple))
    ]
