"""Views that show what the front does: streams of every kind, a long act, the size of a body."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

PIECE = b"0123456789abcdef" * 4096
PIECES = 320  # 20 MB


def size(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


def long(_request: HttpRequest) -> HttpResponse:
    """An act that takes two seconds, and leaves a mark."""
    (Path(settings.DATA_DIR) / "begun").touch()
    time.sleep(2)
    return HttpResponse("done")


def whole(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(PIECE for _ in range(PIECES))


def broken(_request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        yield PIECE
        raise RuntimeError("half-way")

    return StreamingHttpResponse(pieces())


def endless(_request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield PIECE
        finally:
            (Path(settings.DATA_DIR) / f"ended-{os.urandom(4).hex()}").touch()

    return StreamingHttpResponse(pieces())


urlpatterns = [
    path("size/", size),
    path("long/", long),
    path("whole/", whole),
    path("broken/", broken),
    path("endless/", endless),
]
