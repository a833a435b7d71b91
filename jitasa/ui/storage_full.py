"""The disk or the database is full: say so, and give back what was typed.

Wherever it happens (a picture that arrives, a copy that is written, a row that is stored) nothing has been
kept, and the answer is 507 with the texts of the form and a button that sends them again.
"""

import errno
import re
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
STATUS = 507  # Insufficient Storage (RFC 4918)
_NOT_GIVEN_BACK = re.compile(r"password|csrfmiddlewaretoken")
_WRITING = re.compile(r"[\u0e00-\u0e7f]|\s")  # a text somebody wrote, not a code or an id


def is_storage_full(error: BaseException | None) -> bool:
    """Whether an error comes from a full disk, an empty quota or a full database."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        if isinstance(error, OperationalError):
            state = getattr(error.__cause__, "sqlstate", "")
            if state == "53100" or "disk is full" in str(
                error
            ):  # PostgreSQL's disk_full, SQLite's SQLITE_FULL
                return True
        error = error.__cause__ or error.__context__
    return False


def note_storage_full(request: HttpRequest | None) -> None:
    """Remember that a file of this request was given up."""
    if request is not None:
        request.storage_full = True  # type: ignore[attr-defined]  # read by the middleware below


class StorageFull:
    """Answers for a request whose files or rows found no room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        return storage_full(request) if getattr(request, "storage_full", False) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return storage_full(request) if is_storage_full(exception) else None


def storage_full(request: HttpRequest) -> HttpResponse:
    """507 with the typed texts; asks no database."""
    if "text/html" not in request.headers.get("Accept", "text/html") or request.headers.get(
        "X-Requested-With"
    ):
        words = _("ที่เก็บข้อมูลของระบบเต็ม ยังไม่ได้บันทึก เก็บหน้านี้ไว้แล้วส่งใหม่ภายหลัง และแจ้งผู้ดูแลระบบ")
        return JsonResponse({"error": words, "code": "storage_full"}, status=STATUS)
    context = {
        "fields": typed_fields(request),
        "texts": [text for _name, text in typed_fields(request) if _WRITING.search(text.strip())],
        "files": bool(request.content_type == "multipart/form-data"),
        "address": request.get_full_path(),
        "csrf": get_token(request),
    }
    return HttpResponse(render_to_string("ui/storage_full.html", context), status=STATUS)


def typed_fields(request: HttpRequest) -> list[tuple[str, Any]]:
    """Every field of the posted form with its value, but no passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not _NOT_GIVEN_BACK.search(name)
        for value in values
    ]
