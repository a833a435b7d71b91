"""A person's own data: take a copy along, ask for erasure; and the answer of whoever manages the account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.models import User
from jitasa.accounts.services.export import export_own_data
from jitasa.organizations.choices import ErasureState
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import ErasureRequest
from jitasa.organizations.selectors.people import people_visible_to
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services.erasure import (
    ask_erasure,
    carry_out_erasure,
    refuse_erasure,
    withdraw_erasure,
)
from jitasa.thai.dates import today


def _own(request: ViewerRequest) -> User:
    return User.objects.get(username=request.user.get_username())


@require_GET
@never_cache
@login_required
def own_data(request: ViewerRequest) -> HttpResponse:
    """What the system holds about the person, the copy to take along, and the request to erase it."""
    user = _own(request)
    asked = ErasureRequest.objects.filter(user=user).order_by("-asked_at", "-pk").first()
    home = standing_of(user.pk, timezone.now()).home
    context = {"asked": asked, "waits": asked and asked.state == ErasureState.WAITING, "home": home}
    return render(request, "organizations/own_data.html", context)


@fresh_sign_in()
@require_POST
@never_cache
@login_required
def own_data_export(request: ViewerRequest) -> HttpResponse:
    """Everything about the person as one JSON file."""
    user, now = _own(request), timezone.now()
    text = export_own_data(actor=request.viewer, user=user, now=now)
    name = f"jitasa-my-data-{today(now).isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@fresh_sign_in()
@require_POST
@login_required
def own_data_erase(request: ViewerRequest) -> HttpResponse:
    """Ask for erasure (field ``reason``, optional)."""
    reason = request.POST.get("reason", "")
    ask_erasure(actor=request.viewer, user=_own(request), reason=reason, now=timezone.now())
    messages.success(request, _("ส่งคำขอลบข้อมูลแล้ว ผู้ดูแลของต้นสังกัดจะดำเนินการภายใน 30 วัน"))
    return redirect("organizations:own_data")


@require_POST
@login_required
def own_data_keep(request: ViewerRequest) -> HttpResponse:
    """Withdraw the request."""
    withdraw_erasure(actor=request.viewer, user=_own(request), now=timezone.now())
    messages.success(request, _("ถอนคำขอลบข้อมูลแล้ว"))
    return redirect("organizations:own_data")


@fresh_sign_in()
@require_POST
@login_required
def erasure_answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """Carry a person's request out (``act=erase``) or refuse it with a reason (``answer``)."""
    user = get_object_or_404(people_visible_to(request.viewer), pk=pk)
    if request.POST.get("act") == "erase":
        carry_out_erasure(actor=request.viewer, user=user, now=timezone.now())
        messages.success(request, _("ลบข้อมูลส่วนบุคคลของผู้นี้แล้ว งานที่ผู้นี้ทำไว้ยังอยู่"))
        return redirect("organizations:people")
    answer = request.POST.get("answer", "")
    refuse_erasure(actor=request.viewer, user=user, answer=answer, now=timezone.now())
    messages.success(request, _("แจ้งผลแก่ผู้ขอแล้ว"))
    return redirect("organizations:person", pk)
