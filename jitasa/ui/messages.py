"""Messages of the next page, in a cookie that belongs to this host alone under https."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's, under the name that the browser holds to this host (``settings.COOKIE_PREFIX``)."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class Storage(FallbackStorage):
    """A cookie while messages are short, the session beyond that."""

    storage_classes = (HostCookie, SessionStorage)
