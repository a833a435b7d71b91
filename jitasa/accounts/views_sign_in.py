"""The ways in beside name and password: the second step, and a passkey alone."""

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.forms_mfa import PasskeyForm
from jitasa.accounts.passkey_options import as_json
from jitasa.accounts.selectors_mfa import factors_of
from jitasa.ui.limits import rate_limited, wait_a_minute

PASSKEY_TRIES = 30  # a minute and address: a whole office may stand behind one


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SecondStep(AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """After a right password: the app's code, a recovery code or a passkey. Nobody is signed in before."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """A passkey is offered to whoever has one."""
        context: dict[str, object] = super().get_context_data(**kwargs)
        options = context.pop("js_data", {}).get("request_options")  # type: ignore[attr-defined]
        offered = options and factors_of(self.stage.login.user).passkeys
        return context | {"passkey_options": as_json(options) if offered else ""}


second_step = never_cache(SecondStep.as_view())


@require_GET
@never_cache
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to sign in with a passkey, whoever that is: JSON."""
    if rate_limited(request, "passkey", most=PASSKEY_TRIES):
        return wait_a_minute(_("ลองหลายครั้งเกินไป รอหนึ่งนาทีแล้วลองใหม่"))
    return HttpResponse(as_json(begin_authentication()), content_type="application/json")


@require_POST
@never_cache
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whoever the passkey belongs to: the device has checked the person (PIN, finger, face)."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if rate_limited(request, "passkey", most=PASSKEY_TRIES):
        messages.error(request, _("ลองหลายครั้งเกินไป รอหนึ่งนาทีแล้วลองใหม่"))
        return redirect("account_login")
    form = PasskeyForm(request.POST, user=None)
    if not form.is_valid():
        messages.error(request, _("ไม่รู้จักพาสคีย์นี้ เข้าสู่ระบบด้วยรหัสผ่าน แล้วเพิ่มพาสคีย์ในหน้าบัญชีของท่าน"))
        return redirect("account_login")
    factor = form.cleaned_data["credential"]
    login = Login(user=factor.user, redirect_url=get_next_redirect_url(request))
    try:
        response: HttpResponse = perform_passwordless_login(request, factor, login)
    except ImmediateHttpResponse as answer:
        refused: HttpResponse = answer.response
        return refused
    return response
