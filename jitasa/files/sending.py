"""A file of the disk as an answer: whole or in part, to save or to look at, resumable (RFC 9110, docs/adr/0145).

The one place for ranges. The answer is a ``FileResponse``, so that the site's front sends it as it is read
(``config.web.answers.send_file``): no thread waits for the reader and memory does not grow with the file.
"""

import re
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from jitasa.files import bucket
from jitasa.files.reading import here, is_kept
from jitasa.files.store import key_of

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
STRICT = "default-src 'none'; sandbox"


def is_first(request: HttpRequest) -> bool:
    """Whether a request begins a download: a further part of it is not counted again."""
    given = _RANGE.fullmatch(request.headers.get("Range", ""))
    return request.method == "GET" and (given is None or given[1] == "" or int(given[1]) == 0)


def send(
    request: HttpRequest,
    path: Path,
    *,
    media_type: str,
    name: str = "",
    etag: str = "",
    cache: str = "private, no-store",
    inline: bool = False,
) -> HttpResponse:
    """The file, the part of it that was asked for, or that the reader has it already.

    ``etag`` without quotes; a file that never changes under its name needs one to be resumed.
    Never run as a page. What is saved under a name is fetched from the bucket itself, where one is set; what is
    looked at comes through the site, for whose pages nothing comes from elsewhere. :raises Http404: it is not there.
    """
    if name and not inline and _is_direct():
        return _to_the_store(request, path, media_type, name)
    try:
        found = here(path)
        if found is None:
            raise Http404
        path = found
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
    quoted = f'"{etag}"' if etag else None
    facts = path.stat()
    answer = get_conditional_response(request, etag=quoted, last_modified=int(facts.st_mtime))
    if answer is not None:
        file.close()
    else:
        answer = _answer(request, file, facts.st_size, int(facts.st_mtime), media_type, quoted)
    if quoted:
        answer["ETag"] = quoted
    answer["Last-Modified"] = http_date(int(facts.st_mtime))
    answer["Cache-Control"] = cache
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = STRICT
    if name:
        kind = "inline" if inline else "attachment"
        answer["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return answer


def _is_direct() -> bool:
    where = bucket.address()
    return where is not None and where.direct


def _to_the_store(request: HttpRequest, path: Path, media_type: str, name: str) -> HttpResponse:
    if not is_kept(path):
        raise Http404
    signed = bucket.link(key_of(path), media_type=media_type, name=name, method=request.method or "GET")
    answer = HttpResponseRedirect(signed)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _answer(
    request: HttpRequest, file: IO[bytes], size: int, changed: int, media_type: str, etag: str | None
) -> HttpResponse:
    part = _part(request, size, changed, etag)
    if part is None:
        return _piece(file, 0, size, media_type, status=200)
    first, last = part
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = _piece(file, first, last - first + 1, media_type, status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _part(request: HttpRequest, size: int, changed: int, etag: str | None) -> tuple[int, int] | None:
    """First and last byte asked for; ``None`` for the whole, first > last where there is no such part.

    Several ranges, another unit or nonsense are answered with the whole file, as the standard allows.
    """
    given = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or given is None or not (given[1] or given[2]):
        return None
    if not _is_still(request.headers.get("If-Range", "").strip(), changed, etag):
        return None
    if not given[1]:  # the last so many
        wanted = int(given[2])
        return (max(0, size - wanted), size - 1) if wanted else (1, 0)
    first, last = int(given[1]), int(given[2]) if given[2] else size - 1
    if given[2] and last < first:
        return None
    return (first, min(last, size - 1)) if first < size else (1, 0)


def _is_still(condition: str, changed: int, etag: str | None) -> bool:
    """Whether what the reader has the beginning of is this file; only a strong tag or the exact time says so."""
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == changed


def _piece(file: IO[bytes], first: int, length: int, media_type: str, *, status: int) -> HttpResponse:
    file.seek(first)
    answer = FileResponse(_Part(file, length), content_type=media_type, status=status)
    answer["Content-Length"] = str(length)
    return cast("HttpResponse", answer)  # a sibling class in the stubs


class _Part:
    """So many bytes of an open file from where it stands; ``FileResponse`` closes it when the answer was sent."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file, self._left = file, length

    def read(self, most: int = -1) -> bytes:
        piece = self._file.read(self._left if most < 0 else min(most, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()
