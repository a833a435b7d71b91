"""The list of offices to be checked after an import."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models.doubt import RegistryDoubt
from jitasa.organizations.services.changing import require_editor
from jitasa.organizations.services.doubts import settle
from jitasa.ui.reading import page_of

PER_PAGE = 50


@login_required
@require_GET
def to_check(request: ViewerRequest) -> HttpResponse:
    """Facts that imports left out because they cannot be right, by office."""
    require_editor(request.viewer)
    rows = RegistryDoubt.objects.filter(settled_at=None).select_related("organization")
    page = page_of(
        request, rows.order_by("organization__sort_key", "organization_id", "column", "pk"), PER_PAGE
    )
    return render(request, "organizations/to_check.html", {"page": page})


@login_required
@require_POST
def settled(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take one off the list."""
    require_editor(request.viewer)
    doubt = get_object_or_404(RegistryDoubt, pk=pk)
    done = settle(actor=request.viewer, doubt=doubt, now=timezone.now())
    messages.success(request, _("ตรวจสอบ %(name)s แล้ว") % {"name": done.organization.short_name})
    return redirect("organizations:to_check")
