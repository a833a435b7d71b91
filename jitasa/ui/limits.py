"""How often one network (an IPv4 address, the /64 of an IPv6 one) may ask, by whole spans of time.

Counted once for all processes: in Redis or Valkey where ``JITASA_CACHE_URL`` names one, else in the database.
"""

import threading
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jitasa.ui.database import done_if_free
from jitasa.ui.models import RequestCount
from jitasa.ui.network import network_of

MINUTE = 60
_MORE = (
    "INSERT INTO ui_asked (key, count, until) VALUES (%s, %s, %s)"
    " ON CONFLICT (key) DO UPDATE SET count = ui_asked.count + excluded.count RETURNING count"
)
TAKEN_KEPT = 10_000
_taken: dict[str, tuple[int, int]] = {}  # key → the last number taken, how many of them are left
_taking = threading.Lock()


def rate_limited(request: HttpRequest, what: str, *, most: int, seconds: int = MINUTE) -> bool:
    """Count this asking of ``what``; whether its network asked more than ``most`` times in this span."""
    network = network_of(str(request.META.get("REMOTE_ADDR") or ""))
    return counted(what, network, timezone.now(), seconds=seconds) > most


def counted(what: str, whose: str, now: datetime, *, seconds: int, at_once: int = 1) -> int:
    """Count one asking; how many there were in this span, this one included.

    A process counts ``at_once`` of them before they come, so that each need not write: by so many the number
    may be too high when several processes are asked.

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
    until = datetime.fromtimestamp((span + 1) * seconds, UTC)
    return _more(key, until, 1) if at_once == 1 else _next_taken(key, until, at_once)


def forget_taken() -> None:
    """As a process that has just begun: it has counted nothing."""
    with _taking:
        _taken.clear()


def _next_taken(key: str, until: datetime, amount: int) -> int:
    """The next number of those this process has counted; it counts ``amount`` more when none is left."""
    with _taking:
        last, left = _taken.get(key, (0, 0))
        if left:
            _taken[key] = (last, left - 1)
            return last - left + 1
    last = _more(key, until, amount)
    if last < amount:  # nobody can tell: nothing was counted
        return last
    with _taking:
        if len(_taken) >= TAKEN_KEPT:  # mostly of spans that are over
            _taken.clear()
        _taken[key] = (last, amount - 1)
    return last - amount + 1


def _more(key: str, until: datetime, amount: int) -> int:
    found = [1]
    done_if_free(lambda: found.append(_counted_more(key, until, amount)))
    return found[-1]


def _counted_more(key: str, until: datetime, amount: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MORE, [key, amount, connection.ops.adapt_datetimefield_value(until)])
        return int(cursor.fetchone()[0])


def forget_asked(*, now: datetime) -> int:
    """Remove the counts of spans that are over (a chore of the scheduler); returns how many."""
    removed, _rows = RequestCount.objects.filter(until__lt=now - timedelta(minutes=1)).delete()
    return removed


def wait_a_minute(words: str) -> HttpResponse:
    """429 for a program, with the sentence that says what to do."""
    return HttpResponse(
        words,
        status=429,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(MINUTE), "Cache-Control": "no-store"},
    )
