"""Which requests may read from the replica, for how long a writer does not, and how far behind it may be."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, resolve

from jitasa.config.replica import WROTE_SECONDS, ReadsFromReplica, may_be_older
from jitasa.postgresql import reading
from tests.routes import ROUTES

WROTE = settings.WROTE_COOKIE_NAME


@pytest.fixture
def with_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica that is not behind; nobody asks it for anything here."""
    monkeypatch.setitem(settings.DATABASES, reading.REPLICA, {})
    monkeypatch.setattr(reading, "BEHIND", reading.Behind())
    reading.BEHIND.note(time.monotonic(), 5, 5)


def asked(address: str, *, method: str = "GET", wrote: bool = False) -> bool:
    request = RequestFactory().generic(method, address)
    request.COOKIES = {WROTE: "1"} if wrote else {}
    return may_be_older(request, resolve(address).func)


@pytest.mark.parametrize(
    "address", ["/", "/map/", "/opendata/", "/work/month/", "/work/month/2569-11/", "/work/activities/"]
)
def test_pages_that_may_be_older(address: str) -> None:
    assert asked(address)
    assert asked(address, method="HEAD")
    assert not asked(address, method="POST")


@pytest.mark.parametrize(
    "address",
    ["/readyz", "/work/", "/work/review/", "/work/activities/new/", "/accounts/login/", "/api/v1/activities"],
)
def test_pages_that_may_not(address: str) -> None:
    assert not asked(address)


def test_who_wrote_reads_what_was_written() -> None:
    assert not asked("/work/month/", wrote=True)
    assert asked("/map/", wrote=True)  # the same for everybody, and kept by readers for a minute


def test_no_page_with_a_form_is_older() -> None:
    forms = {route.name for route in ROUTES if route.posts or route.notes}
    request = RequestFactory().get("/")
    older = {name for name, view in named_views() if may_be_older(request, view)}
    assert "compilation:board" in older
    assert not older & forms


def named_views() -> Iterator[tuple[str, Any]]:
    def walk(resolver: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for each in resolver.url_patterns:
            if isinstance(each, URLPattern):
                yield f"{prefix}{each.name}", each.callback
            else:
                yield from walk(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)

    return walk(get_resolver(), "")


def answered(method: str, answer: Any) -> tuple[list[bool], Any]:
    """What a view of the boards sees, and the answer, as the middleware passes it on."""
    seen: list[bool] = []

    def view(_request: HttpRequest) -> Any:
        seen.append(reading.reads())
        return answer(seen)

    view.__module__ = "jitasa.compilation.views.board"
    request = RequestFactory().generic(method, "/")

    def get_response(request: HttpRequest) -> Any:
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = ReadsFromReplica(get_response)
    return seen, middleware(request)


@pytest.mark.usefixtures("with_replica")
def test_the_view_alone_reads_there_and_a_writer_is_marked() -> None:
    seen, response = answered("GET", lambda _seen: HttpResponse())
    assert (seen, reading.reads(), WROTE in response.cookies) == ([True], False, False)
    seen, response = answered("POST", lambda _seen: HttpResponse())
    assert (seen, response.cookies[WROTE]["max-age"]) == ([False], WROTE_SECONDS)
    assert WROTE_SECONDS > reading.MOST_BEHIND + reading.STALE


@pytest.mark.usefixtures("with_replica")
def test_a_stream_reads_there_while_it_is_made() -> None:
    def stream(seen: list[bool]) -> StreamingHttpResponse:
        def pieces() -> Iterator[bytes]:
            for _piece in range(2):
                seen.append(reading.reads())
                yield b"x"

        return StreamingHttpResponse(pieces())

    seen, response = answered("GET", stream)
    assert b"".join(response.streaming_content) == b"xx"
    assert (seen, reading.reads()) == ([True, True, True], False)


def test_without_the_setting_there_is_nothing() -> None:
    assert reading.REPLICA not in settings.DATABASES
    with pytest.raises(MiddlewareNotUsed):
        ReadsFromReplica(lambda _request: HttpResponse())


@pytest.mark.parametrize(
    ("notes", "seconds"),
    [
        ([(0, 100, 100)], 0.0),
        ([(0, 100, 90)], None),  # nobody knows since when
        ([(0, 100, 100), (2, 200, 100)], 2.0),
        ([(0, 100, 100), (2, 200, 100), (14, 300, 250)], 12.0),
        ([(0, 100, 100), (2, 200, None)], None),
        ([(0, 100, 100), (30, None, 100)], 0.0),  # the primary is away: nothing newer is known
    ],
)
def test_how_far_behind(notes: list[tuple[float, int | None, int | None]], seconds: float | None) -> None:
    behind = reading.Behind()
    for at, written, replayed in notes:
        behind.note(at, written, replayed)
    assert behind.told() == seconds


def test_what_is_too_far_behind_or_was_not_looked_at_lately_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    behind, now = reading.Behind(), 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert not behind.is_little()
    behind.note(now, 100, 100)
    assert behind.is_little()
    behind.note(now + 9, 200, 100)
    now += 9
    assert behind.is_little()
    behind.note(now + 2, 200, 100)
    now += 2
    assert not behind.is_little()
    behind.note(now, 200, 200)
    now += reading.STALE
    assert not behind.is_little()
