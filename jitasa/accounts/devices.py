"""The device cookie: that somebody has signed in in this browser before (OWASP's "device cookies").

It holds, signed, a random mark for each of the last few people who signed in here. It opens nothing: it
only lets wrong tries from this browser be counted apart from those of strangers.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from jitasa.accounts.models import User

SALT = "jitasa.accounts.device"
KEPT = timedelta(days=180)
MOST_PEOPLE = 8  # a shared machine of an office


def device_of(request: HttpRequest, user: User | None) -> str:
    """The mark of this person in this browser; empty when she has not signed in here before."""
    return _marks(request).get(str(user.pk), "") if user is not None else ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Mark the browser as one where the person has signed in."""
    marks = _marks(request)
    mark = marks.pop(str(user.pk), "") or secrets.token_urlsafe(16)
    newest = dict([*marks.items()][-(MOST_PEOPLE - 1) :]) | {str(user.pk): mark}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(newest, salt=SALT),
        max_age=int(KEPT.total_seconds()),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
