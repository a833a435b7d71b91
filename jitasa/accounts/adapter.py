"""allauth, closed: nobody signs up; the level above creates accounts. Sign-ins go to the access log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username, one_time_password_over
from jitasa.accounts.services.access import record_failed_sign_in, record_sign_in, record_sign_out

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


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์และภาษาของแป้นพิมพ์ แล้วลองใหม่"),
        "one_time_password_over": _(
            "รหัสผ่านชั่วคราวนี้หมดอายุแล้ว ขอรหัสใหม่จากผู้ดูแลสำนักงานของท่าน ถ้าไม่มีให้ขอจากหน่วยงานที่เหนือขึ้นไป"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: allauth would count failures per name, wherever they come from; axes counts them
        per name *and* address."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """One spelling of the name, so that ANONG and anong are one lock."""
        credentials["username"] = clean_username(str(credentials.get("username", "")))
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        now = timezone.now()
        if isinstance(user, User) and one_time_password_over(user, now):
            record_failed_sign_in(username=user.username, address=address_of(request), expired=True, now=now)
            raise ValidationError(self.error_messages["one_time_password_over"])
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_failed_sign_in(
            username=str(credentials.get("username", "")),
            address=address_of(request),
            locked=bool(getattr(request, "axes_locked_out", False)),
            now=timezone.now(),
        )

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        response: HttpResponse = super().post_login(request, user, **kwargs)
        record_sign_in(user=user, address=address_of(request), now=now)
        request.session[SEEN_KEY] = int(now.timestamp())
        set_language_cookie(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        record_sign_out(user=request.user, address=address_of(request), now=timezone.now())
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "signed in as …" messages: the next page shows who is signed in."""
