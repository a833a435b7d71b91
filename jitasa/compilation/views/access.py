"""Who opens these pages, and for which months there are any."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.rounds.views.access import officers
from jitasa.thai.dates import month_of, today

FIRST_MONTH = date(2017, 10, 1)  # nothing was reported in this way before


def check_month(month: date) -> date:
    """:raises Http404: the month has not begun, or lies before there was anything."""
    if not FIRST_MONTH <= month <= month_of(today(timezone.now())):
        raise Http404(_("ยังไม่มีรายงานของเดือนนี้"))
    return month


def own_office(request: ViewerRequest) -> Organization:
    """The office the person works in now. ``officers`` has made sure that there is one."""
    office = request.viewer.organization
    if office is None:
        raise Http404(_("ไม่พบสำนักงาน"))
    return office


def visible_office(request: ViewerRequest, pk: int) -> Organization:
    """:raises Http404: there is none, or none this viewer may see."""
    return get_object_or_404(Organization.objects.visible_to(request.viewer), pk=pk)


__all__ = ["check_month", "officers", "own_office", "visible_office"]
