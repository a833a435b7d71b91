"""Requests of the test server one after another, so that a journey comes out the same each time.

What happens at one moment has tests of its own, over real processes (``jitasa/config/tests``).
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from re import Pattern
from threading import Event, RLock

from django.http import HttpRequest, HttpResponse

_TURN = RLock()
_doors = {"open": False}
_kept_by_browsers = {"any": False}
BETWEEN = "/between-journeys/"  # an empty page of the site, there while its doors are closed
AXE = f"{BETWEEN}axe.js"  # the accessibility rules, which a browser asks for once
LONGEST_HOLD = 60  # seconds
LAST_ANSWERS = 30
_answers: deque[str] = deque(maxlen=LAST_ANSWERS)  # noted here: a browser would have to tell of every file


@dataclass
class Held:
    """Requests that are kept waiting before the server answers: ``came`` counts them, ``let_go`` lets all in."""

    paths: Pattern[str]
    came: int = 0
    let_go: Event = field(default_factory=Event)


_held: list[Held] = []


@cache
def axe_script() -> str:
    return (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")


def _of_the_tests(path: str) -> HttpResponse | None:
    """What the tests themselves ask the site for: of the opener policy of all pages, or it would be another
    process's."""
    headers = {"Cross-Origin-Opener-Policy": "same-origin"}
    if path == BETWEEN:
        return HttpResponse(headers=headers)
    if path == AXE:
        headers["Cache-Control"] = "max-age=31536000, immutable"
        return HttpResponse(axe_script(), content_type="text/javascript; charset=utf-8", headers=headers)
    return None


class OneAtATime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (own := _of_the_tests(request.path)) is not None:
            return own
        for held in _held:
            if held.paths.search(request.path):
                held.came += 1
                held.let_go.wait(LONGEST_HOLD)
        with _TURN:
            if not _doors["open"]:  # said by a page that was closed, after its test had ended
                return HttpResponse(status=503)
            answer = self.get_response(request)
            _kept_by_browsers["any"] |= stays(answer)
            _answers.append(f"{request.method} {request.get_full_path()} {answer.status_code}")
            return answer


def stays(answer: HttpResponse) -> bool:
    """Whether a browser may show it again without asking."""
    told = answer.headers.get("Cache-Control", "")
    if told:
        return not any(words in told for words in ("no-store", "no-cache", "max-age=0"))
    return answer.status_code in (301, 308) or "Last-Modified" in answer.headers


def take_what_stays() -> bool:
    """Whether any answer since the last time may be shown again by a browser."""
    with _TURN:
        found, _kept_by_browsers["any"] = _kept_by_browsers["any"], False
    return found


def last_answers() -> list[str]:
    """Of this journey, whoever asked."""
    with _TURN:
        return list(_answers)


def open_doors() -> None:
    with _TURN:
        _answers.clear()
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
