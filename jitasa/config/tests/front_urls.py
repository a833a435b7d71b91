"""Views that show what the front does: streams of every kind, a long act, the size of a body."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from jitasa.files.sending import send

PIECE = b"0123456789abcdef" * 4096
PIECES = 320  # 20 MB
LARGE = 64 * 1024 * 1024


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


def large(request: HttpRequest) -> HttpResponse:
    """A file of the disk, 64 MB, most of it holes."""
    file = Path(settings.DATA_DIR) / "large"
    if not file.is_file():
        with file.open("wb") as new:
            new.write(PIECE)
            new.truncate(LARGE)
    return send(request, file, media_type="application/zip", name="large.zip", etag="of-large")


urlpatterns = [
    path("large/", large),
    path("size/", size),
    path("long/", long),
    path("whole/", whole),
    path("broken/", broken),
    path("endless/", endless),
]
