"""Requests of the test server one after another, so that a journey comes out the same each time.

What happens at one moment has tests of its own, over real processes (``jitasa/config/tests``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock

from django.http import HttpRequest, HttpResponse

_TURN = RLock()
_doors = {"open": False}


class OneAtATime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _TURN:
            if not _doors["open"]:  # said by a page that was closed, after its test had ended
                return HttpResponse(status=503)
            return self.get_response(request)


def open_doors() -> None:
    with _TURN:
        _doors["open"] = True


def close_doors() -> None:
    """Wait for the request that is being answered; later ones are not let in."""
    with _TURN:
        _doors["open"] = False


@contextmanager
def database() -> Iterator[None]:
    """The test's turn at the database while pages are open."""
    with _TURN:
        yield
