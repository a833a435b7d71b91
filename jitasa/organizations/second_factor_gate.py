"""Whoever must have a second factor and has none is led to the page where one is added."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jitasa.accounts.asking import asked_by_script
from jitasa.accounts.models import User
from jitasa.accounts.selectors_mfa import has_second_factor
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.rules_second_factor import NOBODY

# What somebody without one may still open: adding one, the password, going away, another language.
OPEN_WITHOUT = frozenset(
    {
        *(f"accounts:{name}" for name in ("security", "confirm", "app_add", "passkey_add", "recovery_codes")),
        *(f"accounts:{name}" for name in ("password", "language", "token", "signed_in")),
        "account_logout",
        "account_login",
    }
)


class SecondFactorGate:
    """Stands after ``ViewerMiddleware``: what the person's posts open decides (``rules_second_factor``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: ViewerRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        user, match = request.user, request.resolver_match
        if settings.MFA_REQUIRED == NOBODY or not isinstance(user, User) or not user.is_active:
            return None
        if match is not None and match.view_name in OPEN_WITHOUT:
            return None
        if not request.viewer.needs_second_factor or has_second_factor(user):
            return None
        page = reverse("accounts:security")
        if asked_by_script(request):
            text = _("เพิ่มการยืนยันตัวสองชั้นก่อนใช้งาน")
            return JsonResponse({"error": "second_factor", "message": text, "url": page}, status=403)
        return HttpResponseRedirect(page)  # the page says why
