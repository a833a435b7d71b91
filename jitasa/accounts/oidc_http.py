"""Asking the identity provider over the network without ever waiting long for it.

A process answers one request at a time: a provider that hangs must not hang the site. Connecting and each
read have time-outs, the whole answer has a deadline and a size, and a provider that failed is not asked
again for half a minute.
"""

import time
from typing import Any

import requests
from django.core.cache import cache

CONNECT, READ, WHOLE = 3, 4, 6  # seconds
MOST_BYTES = 256 * 1024
REST = 30  # seconds in which a provider that did not answer is left alone
RESTING = "oidc:resting"


class NoAnswer(requests.RequestException):
    """The provider did not answer in time, answered too much, or has just failed."""


class ShortSession(requests.Session):
    """``requests`` with bounds on time and size; redirects are not followed."""

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        if cache.get(RESTING):
            raise NoAnswer("the provider failed a moment ago")
        try:
            return self._bounded(method, url, **options)
        except requests.RequestException:
            cache.set(RESTING, True, REST)
            raise

    def _bounded(self, method: str, url: str, **options: Any) -> requests.Response:
        until = time.monotonic() + WHOLE
        options |= {"timeout": (CONNECT, READ), "stream": True, "allow_redirects": False}
        answer = super().request(method, url, **options)
        body = b""
        while chunk := answer.raw.read1(16 * 1024, decode_content=True):  # what has come, without waiting
            body += chunk
            if len(body) > MOST_BYTES or time.monotonic() > until:
                answer.close()
                raise NoAnswer("the provider's answer is too long or too slow")
        if answer.status_code >= 500:
            raise NoAnswer(f"the provider answers {answer.status_code}")
        answer._content = body  # read already, in bounds
        return answer
