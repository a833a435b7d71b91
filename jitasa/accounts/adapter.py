"""allauth, closed: nobody signs up; the level above creates accounts. Sign-ins go to the access log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.devices import device_of, remember_device
from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username, one_time_password_over
from jitasa.accounts.rules_guessing import minutes
from jitasa.accounts.services.access import (
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    record_wrong_password,
)
from jitasa.accounts.services.guessing import TooManyTries, begin_sign_in, remember_network, take_back

BEGAN_KEY = "began_at"  # session: when the sign-in was (epoch seconds)
SEEN_KEY = "seen_at"  # session: when this browser was last noted in the list of sessions (epoch seconds)


def address_of(request: HttpRequest) -> str:
    """The address a request came from (``middleware.ProxyAddress`` has looked behind the proxy)."""
    return str(request.META.get("REMOTE_ADDR") or "")


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """Make the following pages speak ``language``; the middleware reads it before anybody is known."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def wait_page(request: HttpRequest, username: str, refusal: TooManyTries) -> HttpResponse:
    """429: how long to wait, and what the owner of the account can do meanwhile."""
    context = {"username": username, "minutes": minutes(refusal.wait)}
    response = render(request, "accounts/locked.html", context, status=429)
    response["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
    return response


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์และภาษาของแป้นพิมพ์ แล้วลองใหม่"),
        "one_time_password_over": _(
            "รหัสผ่านชั่วคราวนี้หมดอายุแล้ว ขอรหัสใหม่จากผู้ดูแลสำนักงานของท่าน ถ้าไม่มีให้ขอจากหน่วยงานระดับเหนือขึ้นไป"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: allauth would count failures per name and process; ``services.guessing`` counts them."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """One spelling of the name, one count of the tries; a try that must wait is answered with 429."""
        name = credentials["username"] = clean_username(str(credentials.get("username", "")))
        address, now = address_of(request), timezone.now()
        owner = User.objects.filter(username=name).first()
        try:
            tried = begin_sign_in(username=name, address=address, device=device_of(request, owner), now=now)
        except TooManyTries as refusal:
            raise ImmediateHttpResponse(wait_page(request, name, refusal)) from None
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is None:
            record_wrong_password(username=name, address=address, tried=tried, now=now)
            return None
        take_back(tried)
        if isinstance(user, User) and one_time_password_over(user, now):
            record_failed_sign_in(username=user.username, address=address, expired=True, now=now)
            raise ValidationError(self.error_messages["one_time_password_over"])
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        record_sign_in(user=user, address=address_of(request), now=now)
        request.session[BEGAN_KEY] = request.session[SEEN_KEY] = int(now.timestamp())
        remember_network(user=user, address=address_of(request), now=now)
        remember_device(request, response, user)
        set_language_cookie(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        record_sign_out(user=request.user, address=address_of(request), now=timezone.now())
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "signed in as …" messages: the next page shows who is signed in."""
