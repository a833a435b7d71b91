"""Requests of the test server one after another, so that a journey comes out the same each time.

What happens at one moment has tests of its own, over real processes (``jitasa/config/tests``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from re import Pattern
from threading import Event, RLock

from django.http import HttpRequest, HttpResponse

_TURN = RLock()
_doors = {"open": False}
LONGEST_HOLD = 60  # seconds


@dataclass
class Held:
    """Requests that are kept waiting before the server answers: ``came`` counts them, ``let_go`` lets all in."""

    paths: Pattern[str]
    came: int = 0
    let_go: Event = field(default_factory=Event)


_held: list[Held] = []


class OneAtATime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for held in _held:
            if held.paths.search(request.path):
                held.came += 1
                held.let_go.wait(LONGEST_HOLD)
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


@contextmanager
def kept_waiting(paths: Pattern[str]) -> Iterator[Held]:
    """Requests to these paths wait at the server's door until ``let_go`` is set, or the journey is over.

    The browser's own interception is not used: it keeps navigations waiting for ever while a new worker takes over.
    """
    held = Held(paths)
    _held.append(held)
    try:
        yield held
    finally:
        held.let_go.set()
        _held.remove(held)
