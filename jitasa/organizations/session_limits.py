"""Ends sessions that were not used for a time, or are old; sooner for administrators (ASVS 7.3).

The shorter limits are asked for only when they have passed, so that a request costs no query more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from jitasa.accounts.adapter import BEGAN_KEY, SEEN_KEY, address_of
from jitasa.accounts.models import User
from jitasa.accounts.services.access import record_session_over
from jitasa.clock import steady_now
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.thai.dates import today


def reason_to_end(*, idle: timedelta, age: timedelta, administrator: Callable[[], bool]) -> str:
    """``idle`` or ``age`` when a session not used for ``idle`` and begun ``age`` ago is over, else empty."""
    if idle > settings.SESSION_IDLE:
        return "idle"
    if age > settings.SESSION_MOST:
        return "age"
    is_idle, is_old = idle > settings.ADMIN_SESSION_IDLE, age > settings.ADMIN_SESSION_MOST
    if not (is_idle or is_old) or not administrator():
        return ""
    return "idle" if is_idle else "age"


class SessionLimits:
    """Signs out whose session is over; stands after ``MessageMiddleware``, before ``SignInAgain``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            self._check(request, user, steady_now())
        return self.get_response(request)

    def _check(self, request: HttpRequest, user: User, now: datetime) -> None:
        signed_in = user.last_login.timestamp() if user.last_login else 0
        began = float(request.session.get(BEGAN_KEY, signed_in))
        seen = float(request.session.get(SEEN_KEY, began))
        reason = reason_to_end(
            idle=timedelta(seconds=now.timestamp() - seen),
            age=timedelta(seconds=now.timestamp() - began),
            administrator=lambda: _is_administrator(user, now),
        )
        if not reason:
            return
        record_session_over(user=user, address=address_of(request), reason=reason, now=now)
        request.session.flush()
        request.user = AnonymousUser()
        messages.info(request, _("ออกจากระบบให้แล้วเพราะไม่ได้ใช้งานหรือเข้าสู่ระบบมานาน เข้าสู่ระบบอีกครั้ง"))


def _is_administrator(user: User, now: datetime) -> bool:
    """Whether the person administers any office today."""
    return Post.objects.filter(user=user, role=Role.ADMINISTRATOR).valid_on(today(now)).exists()
