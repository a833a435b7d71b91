"""The office's own steps, as buttons: each a POST that comes back to the record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.activities.models import Activity
from jitasa.activities.services import approve as approving
from jitasa.activities.services import reopen as reopening
from jitasa.activities.services import submit as submitting
from jitasa.activities.services import withdraw as withdrawing
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden, Refusal
from jitasa.ui.reading import whole_number


def _take(
    request: ViewerRequest, uuid: UUID, service: Callable[..., Activity], **values: Any
) -> Activity | HttpResponse:
    """Run a step; a refusal is told on the record's page (on the form, when fields are to be mended)."""
    activity = get_object_or_404(Activity.objects.visible_to(request.viewer), uuid=uuid)
    try:
        return service(
            actor=request.viewer,
            activity=activity,
            now=timezone.now(),
            base_revision=whole_number(request.POST.get("revision", "")),
            **values,
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        back = "activities:edit" if refusal.code in ("incomplete", "looks_like") else "activities:detail"
        return redirect(back, uuid)


def _reason(request: ViewerRequest) -> str:
    return request.POST.get("reason", "")[:1000]


@login_required
@require_POST
def submit(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Send a draft from its page; one that looks like another record of that day is asked about on the form."""
    done = _take(request, uuid, submitting.submit)
    return redirect("activities:sent", uuid) if isinstance(done, Activity) else done


@login_required
@require_POST
def approve(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    done = _take(request, uuid, approving.approve)
    return redirect("activities:sent", uuid) if isinstance(done, Activity) else done


@login_required
@require_POST
def send_back(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    done = _take(request, uuid, approving.send_back, reason=_reason(request))
    return _told(request, done, _("ส่งกลับให้ผู้บันทึกแก้ไขแล้ว"))


@login_required
@require_POST
def withdraw(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    done = _take(request, uuid, withdrawing.withdraw, reason=_reason(request))
    return _told(request, done, _("ถอนรายการแล้ว ไม่นับในยอดอีกต่อไป"))


@login_required
@require_POST
def reopen(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    done = _take(request, uuid, reopening.reopen, reason=_reason(request))
    if isinstance(done, Activity):
        messages.success(request, _("เปิดให้แก้ไขแล้ว แก้ไขเสร็จแล้วกดส่งอีกครั้ง เลขที่รายงานคงเดิม"))
        return redirect("activities:edit", uuid)
    return done


def _told(request: ViewerRequest, done: Activity | HttpResponse, words: str) -> HttpResponse:
    if isinstance(done, Activity):
        messages.success(request, words)
        return redirect("activities:detail", done.uuid)
    return done
