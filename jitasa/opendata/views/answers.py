"""How open data are answered: cacheable, to programs of any origin, never with a session."""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from jitasa.opendata.datasets import BY_SLUG, Dataset
from jitasa.opendata.formats import FORMATS, MEDIA_TYPES

FRESH = 300  # seconds a reader may keep the newest file without asking
FOR_EVER = 31_536_000


def dataset_or_404(slug: str) -> Dataset:
    if slug not in BY_SLUG:
        raise Http404(_("ไม่มีชุดข้อมูลนี้ ดูรายการที่ /opendata/"))
    return BY_SLUG[slug]


def format_or_404(form: str, of: tuple[str, ...] = FORMATS) -> str:
    if form not in of:
        raise Http404(_("ไม่มีไฟล์แบบนี้ เลือก csv json หรือ geojson"))
    return form


def opened(response: HttpResponse, *, seconds: int = FRESH, immutable: bool = False) -> HttpResponse:
    """The headers every answer of this kind has."""
    keep = f"public, max-age={seconds}"
    response["Cache-Control"] = f"{keep}, immutable" if immutable else keep
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Repr-Digest, Content-Disposition, Content-Location"
    return response


def file_answer(
    request: HttpRequest,
    chunks: Iterable[bytes],
    *,
    file: dict[str, Any],
    form: str,
    name: str,
    made_at: datetime,
) -> HttpResponse:
    """A published file with its checksum, or 304 when the asker has it.

    ``Repr-Digest`` is RFC 9530, the entity tag is the SHA-256 itself.
    """
    etag = f'"{file["sha256"]}"'
    changed = int(made_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = cast(
            "HttpResponse",
            StreamingHttpResponse(
                chunks if request.method != "HEAD" else (), content_type=content_type(form)
            ),
        )
        response["Content-Length"] = str(file["bytes"])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        digest = base64.b64encode(bytes.fromhex(file["sha256"])).decode()
        response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return response


def content_type(form: str) -> str:
    return f"{MEDIA_TYPES[form]}; charset=utf-8" if form == "csv" else MEDIA_TYPES[form]
