"""Which requests read from the replica (``JITASA_DATABASE_READ_URL``), and how far it is behind: all in one place.

Pages for everybody, and of officers' pages the boards, lists and exports named in ``OFFICERS``. Who sent something
lately reads from the primary: a cookie says so for as long as the replica might not have it yet. Who somebody is and
what she may do is asked of the primary before (the middleware stands innermost), forms and acts are, too.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from jitasa.postgresql import reading

log = logging.getLogger("jitasa.replica")
OFFICERS = ("jitasa.compilation.views.", "jitasa.activities.views.listing")
# Of these: what asks the database itself, a page with a form, files of which it is noted that they were fetched.
PRIMARY = ("jitasa.config.health", "jitasa.compilation.views.chase", "jitasa.publicity.views.files")
READ, LOOK_SECONDS = frozenset({"GET", "HEAD"}), 2.0
# A replica is read for at most STALE seconds after it was seen to be at most MOST_BEHIND seconds behind: whoever
# wrote longer ago finds it there. The rest is for a browser's clock and a slow answer.
WROTE_SECONDS = int(reading.MOST_BEHIND + reading.STALE) + 10


class ReadsFromReplica:
    """Stands innermost; not there at all without the setting."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if reading.REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading.replica(wanted=False):
            response = self.get_response(request)
            if reading.reads() and isinstance(response, StreamingHttpResponse):
                response.streaming_content = _pieces(cast("Iterable[bytes]", response.streaming_content))
        if request.method not in READ:
            response.set_cookie(
                settings.WROTE_COOKIE_NAME,
                "1",
                max_age=WROTE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        if may_be_older(request, view):
            reading.begin()


def may_be_older(request: HttpRequest, view: Any) -> bool:
    """Whether what ``view`` shows may be some seconds old."""
    module = getattr(view, "__module__", "")
    if request.method not in READ or module in PRIMARY:
        return False
    if getattr(view, "public_page", False):
        return True
    return module.startswith(OFFICERS) and settings.WROTE_COOKIE_NAME not in request.COOKIES


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """Made by another thread, after the request."""
    pieces = iter(content)
    while True:
        with reading.replica():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def look() -> None:
    """Note how far the replica is behind."""
    written, replayed = (_position(alias) for alias in (DEFAULT_DB_ALIAS, reading.REPLICA))
    reading.BEHIND.note(time.monotonic(), written, replayed)


def _position(alias: str) -> int | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(reading.POSITION)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return None


def state() -> dict[str, float | None]:
    """For the heartbeat: seconds behind, ``None`` while it does not answer; nothing without a replica."""
    return {"replica_behind": reading.BEHIND.told()} if reading.REPLICA in settings.DATABASES else {}


def watch() -> None:
    """Look every two seconds, in a thread of its own: a host that does not answer delays no request."""
    if reading.REPLICA in settings.DATABASES:
        threading.Thread(target=_watch, name="replica", daemon=True).start()


def _watch() -> None:
    was_little = True
    while True:
        close_old_connections()
        look()
        if (little := reading.BEHIND.is_little()) != was_little:
            log.warning("the replica is %s", "read again" if little else "away or too far behind: not read")
            was_little = little
        time.sleep(LOOK_SECONDS)
