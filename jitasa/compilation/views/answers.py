"""Files as answers."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file to keep; its type follows from the name."""
    response = HttpResponse(content, content_type=TYPES[name.rsplit(".", 1)[-1]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def streamed(chunks: Iterable[bytes], name: str) -> HttpResponse:
    """The same in pieces, for files that must not stand in memory whole."""
    response = StreamingHttpResponse(chunks, content_type=TYPES[name.rsplit(".", 1)[-1]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast("HttpResponse", response)  # views are typed by the usual answer
