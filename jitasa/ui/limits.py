"""How often one network (an IPv4 address, the /64 of an IPv6 one) may ask: counted in the cache, by whole spans of time."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jitasa.ui.network import network_of

MINUTE = 60


def rate_limited(request: HttpRequest, what: str, *, most: int, seconds: int = MINUTE) -> bool:
    """Count this asking of ``what``; whether its network asked more than ``most`` times in this span.

    Each process may have a cache of its own (``CACHES``): then the limit holds for each of them.
    """
    span = int(timezone.now().timestamp()) // seconds
    key = f"{what}:{network_of(str(request.META.get('REMOTE_ADDR') or ''))}:{span}"
    cache.add(key, 0, seconds * 2)
    try:
        return cache.incr(key) > most
    except ValueError:  # thrown out of the cache in between
        return False


def wait_a_minute(words: str) -> HttpResponse:
    """429 for a program, with the sentence that says what to do."""
    return HttpResponse(
        words,
        status=429,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(MINUTE), "Cache-Control": "no-store"},
    )
