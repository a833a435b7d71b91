"""Switch between one's own offices; look at an office below as it sees itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.services.view_as import start_view_as, stop_view_as, switch_office
from jitasa.ui.reading import identifier


@require_POST
@login_required
def switch(request: ViewerRequest) -> HttpResponse:
    """Work in another of one's own offices (field ``organization``: its id)."""
    office = switch_office(
        actor=request.viewer,
        organization_id=identifier(request.POST.get("organization", "")) or 0,
        session=request.session,
    )
    messages.success(request, _("ทำงานในนาม %(office)s") % {"office": office})
    return redirect("home:start")


@fresh_sign_in()
@require_POST
@login_required
def view_as(request: ViewerRequest, organization_id: int) -> HttpResponse:
    """Show the screens of an office below, read-only, until stopped."""
    office = get_object_or_404(Organization.objects.visible_to(request.viewer), pk=organization_id)
    start_view_as(actor=request.viewer, organization=office, session=request.session, now=timezone.now())
    return redirect("home:start")


@require_POST
@login_required
def view_as_stop(request: ViewerRequest) -> HttpResponse:
    """Back to the own office; harmless when not looking at another."""
    stop_view_as(actor=request.viewer, session=request.session, now=timezone.now())
    return redirect("home:start")
