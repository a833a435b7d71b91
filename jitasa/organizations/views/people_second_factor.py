"""Take a person's second factors away after a lost telephone: says what it means, then does it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.selectors_mfa import factors_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.rules_second_factor import may_reset_second_factor
from jitasa.organizations.selectors.people import people_visible_to
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services.second_factor import reset_second_factor
from jitasa.problems import Forbidden, Refusal


@fresh_sign_in()
@login_required
def second_factor_reset(request: ViewerRequest, pk: int) -> HttpResponse:
    """GET explains, POST does."""
    viewer, now = request.viewer, timezone.now()
    user = get_object_or_404(people_visible_to(viewer), pk=pk)
    if not may_reset_second_factor(viewer, standing_of(user.pk, now)):
        raise Forbidden(_("ยกเลิกการยืนยันตัวสองชั้นได้เฉพาะผู้ดูแลของหน่วยงานระดับเหนือขึ้นไป และทำให้ตนเองไม่ได้"))
    if request.method == "POST":
        try:
            reset_second_factor(actor=viewer, user=user, now=now)
        except Forbidden:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("ยกเลิกการยืนยันตัวสองชั้นแล้ว ผู้ใช้เข้าด้วยรหัสผ่านแล้วเพิ่มใหม่"))
        return redirect("organizations:second_factor_reset", pk)
    context = {"person": user, "factors": factors_of(user), "office": viewer.organization}
    return render(request, "organizations/people_second_factor.html", context)
