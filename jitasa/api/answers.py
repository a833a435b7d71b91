"""Every answer that is not what was asked for: problem+json (RFC 9457), mapped here and nowhere else."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from jitasa.activities.services.save_draft import EditConflict
from jitasa.api.records import contents
from jitasa.api.words import words_for
from jitasa.problems import Refusal, StoreAway
from jitasa.ui.busy import RETRY_SECONDS, store_away_words
from jitasa.ui.database import is_passing, note_sent_away
from jitasa.ui.request_guard import words_of
from jitasa.ui.storage_full import is_storage_full

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
DOCS = "/api/v1/docs"


class ApiProblem(Exception):
    """A refusal that only the API has. ``headers`` go with the answer, ``more`` into its body."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers, self.more = dict(headers or {}), more


def not_found(detail: str = "") -> ApiProblem:
    """What is not there, or not to be seen with this token."""
    return ApiProblem(404, "not_found", detail or _("ไม่พบรายการนี้ หรือโทเคนนี้ไม่มีสิทธิเห็น"))


def answer(data: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """JSON as it is sent; Thai stays readable."""
    body = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type="application/json", headers=dict(headers or {}))


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """One refusal: ``detail`` says what to do, ``code`` is for programs, ``errors`` name the fields."""
    body: dict[str, Any] = {
        "type": f"{DOCS}#errors",
        "title": _titles().get(status, _("ทำรายการนี้ไม่ได้")),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    text = json.dumps({**body, **more}, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=PROBLEM, headers=dict(headers or {}))
    response["Cache-Control"] = "no-store"
    return response


def _titles() -> dict[int, str]:
    return {
        400: _("อ่านคำขอนี้ไม่ได้"),
        401: _("ยังไม่ได้แสดงโทเคนที่ใช้ได้"),
        403: _("โทเคนนี้ไม่มีสิทธิทำรายการนี้"),
        404: _("ไม่พบรายการ"),
        405: _("วิธีเรียกนี้ใช้กับที่อยู่นี้ไม่ได้"),
        409: _("ข้อมูลในระบบเปลี่ยนไปแล้ว"),
        413: _("ข้อมูลที่ส่งใหญ่เกินกำหนด"),
        422: _("ข้อมูลที่ส่งยังไม่ครบหรือไม่ถูกต้อง"),
        429: _("เรียกถี่เกินไป"),
        500: _("ระบบขัดข้องชั่วคราว"),
        503: _("ระบบไม่ว่างชั่วคราว"),
        507: _("ที่เก็บข้อมูลของระบบเต็ม"),
    }


def field_errors(fields: Mapping[str, Iterable[str]], code: str) -> list[dict[str, str]]:
    """The refusals of a service, by the path of the field in the body."""
    return [
        {"path": f"/{name}", "message": text, "code": code}
        for name, texts in fields.items()
        for text in texts
    ]


def problem_for(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer for anything raised on the way. What nobody foresaw is logged and answered 500."""
    if isinstance(error, ApiProblem):
        return problem(error.status, error.code, error.detail, headers=error.headers, **error.more)
    if isinstance(error, EditConflict):
        return _both_versions(error)
    if isinstance(error, Refusal):
        status = 422 if error.fields and error.status == 400 else error.status
        errors = field_errors(error.fields, error.code)
        return problem(status, error.code, error.message or _("ทำรายการนี้ไม่ได้"), errors=errors)
    if isinstance(error, ValidationError):
        return problem(
            422, "invalid", _("ข้อมูลที่ส่งมาอ่านไม่ได้ แก้ตามที่บอกใน errors แล้วส่งใหม่"), errors=_read_errors(error)
        )
    return _unreadable(error) or _no_room(error) or _unforeseen(request, error)


def _both_versions(error: EditConflict) -> HttpResponse:
    row = error.stored
    stored, sent = contents(error.theirs, error.mine)
    return problem(
        409,
        error.code,
        error.message,
        headers={"ETag": f'"{row.revision}"'},
        revision=row.revision,
        state=row.status,
        differing=list(error.fields_differing),
        stored=stored,
        sent=sent,
    )


def _read_errors(error: ValidationError) -> list[dict[str, str]]:
    """What could not be read, by JSON pointer; where it came from (body, query) is no part of the path."""
    found = []
    for each in error.errors:
        place = [str(part) for part in each.get("loc", ())]
        path = place[2:] if place[:1] == ["body"] else place[1:]
        kind = str(each.get("type", "invalid"))
        found.append({"path": "/" + "/".join(path), "message": words_for(kind, each), "code": kind})
    return found


def _unreadable(error: Exception) -> HttpResponse | None:
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", _("ข้อมูลใหญ่เกินกำหนด แบ่งส่งเป็นหลายครั้ง"))
    if isinstance(
        error, BadRequest | SuspiciousOperation | UnreadablePostError | MultiPartParserError | HttpError
    ):
        return problem(400, "unreadable", words_of(error))
    if isinstance(error, Http404):
        return problem_for_missing()
    if isinstance(error, PermissionDenied):
        return problem(403, "forbidden", _("โทเคนนี้ไม่มีสิทธิทำรายการนี้"))
    return None


def problem_for_missing() -> HttpResponse:
    lost = not_found()
    return problem(lost.status, lost.code, lost.detail)


def _no_room(error: Exception) -> HttpResponse | None:
    if is_storage_full(error):
        return problem(507, "storage_full", _("ที่เก็บข้อมูลเต็ม ยังไม่ได้บันทึก ส่งใหม่ภายหลัง และแจ้งผู้ดูแลระบบ"))
    if isinstance(error, StoreAway):
        return problem(503, "files_away", store_away_words(), headers={"Retry-After": str(RETRY_SECONDS)})
    if is_passing(error):
        note_sent_away()
        words = _("ระบบกำลังเขียนข้อมูลอื่นอยู่ ยังไม่ได้บันทึก รอสักครู่แล้วส่งอีกครั้ง")
        return problem(503, "busy", words, headers={"Retry-After": str(RETRY_SECONDS)})
    return None


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "failed", _("ระบบขัดข้อง สิ่งที่ส่งสำเร็จแล้วไม่หาย ลองใหม่ภายหลัง และแจ้งผู้ดูแลระบบพร้อมเวลา"))
