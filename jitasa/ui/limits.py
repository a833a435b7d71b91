"""How often one address may ask: counted in the cache, by whole spans of time."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

MINUTE = 60


def asked_too_often(request: HttpRequest, what: str, *, most: int, seconds: int = MINUTE) -> bool:
    """Count this asking of ``what``; whether its address asked more than ``most`` times in this span.

    Each process may have a cache of its own (``CACHES``): then the limit holds for each of them.
    """
    span = int(timezone.now().timestamp()) // seconds
    key = f"{what}:{request.META.get('REMOTE_ADDR', '')}:{span}"
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
