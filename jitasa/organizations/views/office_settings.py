"""An office's undated facts: its point, area, website, and whether an approver must see a record first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.organizations.forms import SettingsForm
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.rules import may_edit_settings
from jitasa.organizations.services.settings import OfficeSettings, change_settings
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Forbidden, Refusal

NAMES = ("latitude", "longitude", "area_km2", "website", "approval_required")


@login_required
def office_settings(request: ViewerRequest, pk: int) -> HttpResponse:
    office = get_object_or_404(Organization.objects.visible_to(request.viewer), pk=pk)
    if not may_edit_settings(request.viewer, office.pk):
        raise Forbidden(_("เฉพาะผู้ดูแลของสำนักงานนี้หรือเจ้าหน้าที่กรมแก้ได้"))
    form = SettingsForm(request.POST or None, initial={name: getattr(office, name) for name in NAMES})
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(
                actor=request.viewer,
                organization=office,
                settings=_settings(form.cleaned_data),
                now=timezone.now(),
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("บันทึกข้อมูลสำนักงานแล้ว"))
            return redirect("organizations:detail", pk=office.pk)
    return render(request, "organizations/settings.html", {"office": office, "form": form})


def _settings(data: dict[str, Any]) -> OfficeSettings:
    north, east = data["latitude"], data["longitude"]
    return OfficeSettings(
        latitude=float(north) if north is not None else None,
        longitude=float(east) if east is not None else None,
        area_km2=data["area_km2"],
        website=data["website"],
        approval_required=data["approval_required"],
    )
