"""The first steps of an office are put away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.home.services.first_steps import dismiss_first_steps
from jitasa.organizations.middleware import ViewerRequest


@login_required
@require_POST
def dismiss(request: ViewerRequest) -> HttpResponse:
    dismiss_first_steps(actor=request.viewer, now=timezone.now())
    messages.success(request, _("ปิดรายการเริ่มต้นใช้งานของสำนักงานแล้ว"))
    return redirect("home:start")
