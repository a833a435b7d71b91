"""Send a file of the library: to save or to look at, in parts where a player asks for parts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
BLOCK = 256 * 1024


def is_first(request: HttpRequest) -> bool:
    """Whether a request begins a download: a further part of it is not counted again."""
    given = _RANGE.fullmatch(request.headers.get("Range", ""))
    return request.method == "GET" and (given is None or given[1] in ("", "0"))


def send(
    request: HttpRequest, path: Path, *, media_type: str, name: str, etag: str, cache: str, inline: bool
) -> HttpResponse:
    """The file with its own type and nosniff; never run as a page. :raises Http404: it is not there."""
    if not path.is_file():
        raise Http404
    answer = _answer(request, path, media_type, f'"{etag}"')
    kind = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    answer["ETag"] = f'"{etag}"'
    answer["Cache-Control"] = cache
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _answer(request: HttpRequest, path: Path, media_type: str, etag: str) -> HttpResponse:
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    size = path.stat().st_size
    part = _part(request.headers.get("Range", ""), size)
    if part is None:
        # FileResponse closes the file when the answer has been sent.
        return cast("HttpResponse", FileResponse(path.open("rb"), content_type=media_type))
    first, last = part
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_blocks(path, first, last), status=206, content_type=media_type)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    return cast("HttpResponse", answer)


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; ``None`` for the whole, first > last where there is no such part."""
    given = _RANGE.fullmatch(header)
    if given is None or not (given[1] or given[2]):
        return None
    if not given[1]:  # the last so many
        return max(0, size - int(given[2])), size - 1 if int(given[2]) else -1
    last = min(int(given[2]), size - 1) if given[2] else size - 1
    return (int(given[1]), last) if int(given[1]) < size else (1, 0)


def _blocks(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
