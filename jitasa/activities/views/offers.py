"""What the recording page offers while it is filled: important days, the host's records."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.selectors import choices
from jitasa.activities.views import record_page as page
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden
from jitasa.thai.dates import today
from jitasa.ui.reading import day_or_none, identifier


@login_required
@require_GET
def occasions(request: ViewerRequest) -> HttpResponse:
    """Options: the important days to offer for a date."""
    office = page.office_of(request.viewer, None)
    now = timezone.now()
    offered = choices.occasion_choices(
        office, day_or_none(request.GET.get("start_date", ""), near=today(now)), keep=None, today=today(now)
    )
    return render(request, "activities/parts/occasion_options.html", {"groups": offered})


@login_required
@require_GET
def hosts(request: ViewerRequest) -> HttpResponse:
    """Options: the chosen host's sent records near the date."""
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    office = request.GET.get("host_organization_id", "")
    day = day_or_none(request.GET.get("start_date", ""), near=today(timezone.now()))
    found = choices.host_activities(
        host_office_id=identifier(office), day=day, own=None, office=request.viewer.organization
    )
    options = [choices.host_choice(each) for each in found]
    return render(request, "activities/parts/host_options.html", {"options": options})
