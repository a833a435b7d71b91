"""What happens when the provider has said who somebody is: link, sign in, or a page that says what to do.

Nobody signs up here: an identity opens an account only after its owner, signed in, has linked it.
"""

from typing import Any, NoReturn

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.accounts.adapter import address_of
from jitasa.accounts.models import User
from jitasa.accounts.oidc_http import ShortSession
from jitasa.accounts.services.access import AccessActor
from jitasa.accounts.services.identities import link_identity
from jitasa.problems import Refusal

LINK = "connect"  # allauth's word for linking in the state of a sign-in


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def get_requests_session(self) -> ShortSession:
        return ShortSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:  # noqa: ARG002
        """Nothing of the provider's is put into an account."""
        user: User = sociallogin.user
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link when that was asked for; a known identity signs in; an unknown one opens nothing."""
        if sociallogin.state.get("process") == LINK:
            raise ImmediateHttpResponse(_linked(request, sociallogin.account.uid))
        if not sociallogin.is_existing:
            text = _("ยังไม่มีบัญชีที่เชื่อมไว้กับตัวตนนี้ เข้าสู่ระบบด้วยรหัสผ่าน แล้วเชื่อมในหน้าความปลอดภัยของบัญชี")
            raise ImmediateHttpResponse(refused(request, text, status=403))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,  # noqa: ARG002 (allauth's signature)
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: object = None,  # noqa: ARG002 (allauth's signature)
    ) -> NoReturn:
        raise ImmediateHttpResponse(failed(request, exception, cancelled=error == "cancelled"))


def failed(request: HttpRequest, exception: Exception | None, *, cancelled: bool = False) -> HttpResponse:
    """The page after something went wrong on the way; it always leads to the password."""
    if cancelled:
        return refused(request, _("ท่านยกเลิกที่หน้าของผู้ให้บริการ"), status=400)
    if isinstance(exception, requests.RequestException):
        text = _("ผู้ให้บริการยืนยันตัวตนไม่ตอบในขณะนี้ เข้าสู่ระบบด้วยรหัสผ่านได้ตามปกติ")
        return refused(request, text, status=503)
    text = _("ตรวจสอบการยืนยันตัวตนไม่ผ่าน หรือรอนานเกินสิบนาที เริ่มใหม่อีกครั้ง หรือเข้าสู่ระบบด้วยรหัสผ่าน")
    return refused(request, text, status=400)


def refused(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    response = render(request, "accounts/oidc_refused.html", {"text": text}, status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def _linked(request: HttpRequest, uid: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return refused(request, _("ต้องเข้าสู่ระบบก่อนจึงจะเชื่อมบัญชีได้"), status=403)
    actor = AccessActor(request.user, address_of(request))
    try:
        link_identity(actor=actor, user=request.user, uid=uid, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("เชื่อมบัญชีแล้ว ครั้งต่อไปเลือกเข้าสู่ระบบทางนี้ได้"))
    return redirect("accounts:security")
