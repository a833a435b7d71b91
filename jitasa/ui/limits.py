"""How often one network (an IPv4 address, the /64 of an IPv6 one) may ask, by whole spans of time.

Counted once for all processes: in Redis or Valkey where ``JITASA_CACHE_URL`` names one, else in the database.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jitasa.ui.database import done_if_free
from jitasa.ui.models import Asked
from jitasa.ui.network import network_of

MINUTE = 60
_ONE_MORE = (
    "INSERT INTO ui_asked (key, count, until) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET count = ui_asked.count + 1 RETURNING count"
)


def rate_limited(request: HttpRequest, what: str, *, most: int, seconds: int = MINUTE) -> bool:
    """Count this asking of ``what``; whether its network asked more than ``most`` times in this span."""
    network = network_of(str(request.META.get("REMOTE_ADDR") or ""))
    return counted(what, network, timezone.now(), seconds=seconds) > most


def counted(what: str, whose: str, now: datetime, *, seconds: int) -> int:
    """Count one asking; how many there were in this span, this one included.

    1 when nobody can tell: the database is busy with a writer, the cache has lost its count. Nobody is kept
    waiting or sent away for that.
    """
    span = int(now.timestamp()) // seconds
    key = str(settings.KEYS["tokens"].mac(f"{what}|{whose}|{span}", purpose="limits"))
    if settings.COUNTED_IN_CACHE:
        cache.add(key, 0, seconds * 2)
        try:
            return int(cache.incr(key))
        except ValueError:  # thrown out of the cache in between
            return 1
    found = [1]
    until = datetime.fromtimestamp((span + 1) * seconds, UTC)
    done_if_free(lambda: found.append(_one_more(key, until)))
    return found[-1]


def _one_more(key: str, until: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MORE, [key, connection.ops.adapt_datetimefield_value(until)])
        return int(cursor.fetchone()[0])


def forget_asked(*, now: datetime) -> int:
    """Remove the counts of spans that are over (a chore of the scheduler); returns how many."""
    removed, _rows = Asked.objects.filter(until__lt=now - timedelta(minutes=1)).delete()
    return removed


def wait_a_minute(words: str) -> HttpResponse:
    """429 for a program, with the sentence that says what to do."""
    return HttpResponse(
        words,
        status=429,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(MINUTE), "Cache-Control": "no-store"},
    )
