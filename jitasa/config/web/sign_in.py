"""Whether a request that wants to bring something large is that of somebody signed in."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from django.utils import timezone

from jitasa.openrosa.credentials import PREFIX, token_text


def sender_is_known(path: str, cookies: str, authorization: str) -> bool:
    """A program shows its token at the API and at OpenRosa, people their session everywhere else.

    :raises DatabaseError: the database cannot say
    """
    if not path.startswith(("/api/", PREFIX)):
        return session_is_signed_in(cookies)
    if path.startswith(PREFIX):
        authorization = f"Bearer {token_text(path, authorization)}"
    from jitasa.api.selectors.tokens import token_opens  # a model: this module is read before apps are

    close_old_connections()
    return token_opens(authorization, timezone.now())


def session_is_signed_in(cookies: str) -> bool:
    """Ask the session store, in a thread that may use the database.

    The view asks again who it is and what she may do; this only keeps strangers' bytes off the disk.
    """
    try:
        cookie = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    if cookie is None:
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
    close_old_connections()
    return SESSION_KEY in store
