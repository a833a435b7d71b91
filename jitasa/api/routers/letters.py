"""Letters that came to the office: read, register, answer."""

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from jitasa.api.answers import ApiProblem, answer, not_found
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.api.operations import described, need
from jitasa.api.schemas import AnswerIn
from jitasa.api.shapes_records import Answered, Letters, Registered
from jitasa.letters.models import Dispatch
from jitasa.letters.selectors.inbox import inbox, received
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.receive import answer as answer_letter
from jitasa.letters.services.receive import register
from jitasa.ui.reading import BIGGEST_ID, identifier

router = Router(tags=["letters"])
PAGE, PAGE_MOST = 50, 200
TEXT_MOST = 5000


class LetterFilter(Schema):
    """``show``: new, unregistered, urgent, due, late."""

    show: str = Field("", max_length=20)
    q: str = Field("", max_length=100)
    cursor: str = Field("", max_length=20)
    limit: int = Field(PAGE, ge=1, le=PAGE_MOST)


@router.get(
    "/letters",
    **described(
        "หนังสือรับของสำนักงาน", "Letters that came to the office", Scope.LETTERS_READ, answers={200: Letters}
    ),
)
def letters(request: ApiRequest, asked: Query[LetterFilter]) -> HttpResponse:
    need(request, Scope.LETTERS_READ)
    rows = inbox(request.token.organization, chosen=asked.show, text=asked.q, now=timezone.now())
    before = identifier(asked.cursor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: asked.limit + 1])
    page = found[: asked.limit]
    more = str(page[-1].pk) if len(found) > asked.limit else None
    return answer({"items": [_shown(row) for row in page], "next": more})


def _shown(row: Dispatch) -> dict[str, Any]:
    letter = row.letter
    return {
        "id": row.pk,
        "uuid": str(letter.uuid),
        "number": letter.number,
        "subject": letter.subject,
        "from": str(letter.organization),
        "date": letter.date_printed,
        "urgency": letter.urgency,
        "status": letter.status,
        "answer_kind": letter.answer_kind,
        "due_on": row.due_on,
        "delivered_at": row.delivered_at,
        "opened_at": row.opened_at,
        "registered_at": row.registered_at,
        "answered_at": row.answered_at,
    }


def _own(request: ApiRequest, pk: int) -> Dispatch:
    """:raises ApiProblem: 404."""
    rows = received(request.token.organization).select_related("letter__organization", "recipient")
    found = rows.filter(pk=pk).first() if pk <= BIGGEST_ID else None
    if found is None:
        raise not_found()
    return found


@router.post(
    "/letters/{number:pk}/register",
    **described(
        "ลงรับหนังสือ ลงซ้ำได้เลขเดิม",
        "Register a letter; again gives the same number",
        Scope.LETTERS_WRITE,
        answers={200: Registered},
    ),
)
def register_letter(request: ApiRequest, pk: int) -> HttpResponse:
    need(request, Scope.LETTERS_WRITE)
    stamp = register(actor=request.viewer, dispatch=_own(request, pk), now=timezone.now())
    return answer({"year": stamp.year, "number": stamp.number, "at": stamp.at, "office": stamp.office_name})


@router.post(
    "/letters/{number:pk}/answer",
    **described(
        "ตอบหนังสือ ตอบใหม่แทนคำตอบเดิม",
        "Reply to a letter; a new reply replaces the old one",
        Scope.LETTERS_WRITE,
        answers={200: Answered},
    ),
)
def answer_one(request: ApiRequest, pk: int, body: AnswerIn) -> HttpResponse:
    need(request, Scope.LETTERS_WRITE)
    rows: list[list[Any]] = [list(row) for row in body.rows]
    found = answer_letter(
        actor=request.viewer, dispatch=_own(request, pk), now=timezone.now(), text=body.text, rows=rows
    )
    return answer({"id": pk, "answered_at": found.at, "kind": found.kind})


FILE_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "text": {"type": "string", "maxLength": TEXT_MOST},
                },
            },
            "example": {"file": "report.pdf", "text": "ส่งรายงานตามที่ขอ"},
        }
    },
}


@router.post(
    "/letters/{number:pk}/answer-with-file",
    **described(
        "ตอบหนังสือด้วยไฟล์ (multipart: ช่อง file เป็นไฟล์ ช่อง text เป็นข้อความถ้ามี)",
        "Reply to a letter that asks for a file: part `file`, and `text` if wanted. The same file again changes nothing.",
        Scope.LETTERS_WRITE,
        answers={200: Answered},
        requestBody=FILE_BODY,
    ),
)
def answer_with_file(request: ApiRequest, pk: int) -> HttpResponse:
    need(request, Scope.LETTERS_WRITE)
    row, text = _own(request, pk), request.POST.get("text", "")
    files = cast("list[UploadedFile[Any]]", request.FILES.getlist("file"))
    if len(files) != 1:
        raise ApiProblem(422, "file", _("แนบหนึ่งไฟล์ในช่อง file"))
    if len(text) > TEXT_MOST:
        raise ApiProblem(422, "text", _("ข้อความยาวเกิน %(most)d ตัวอักษร") % {"most": TEXT_MOST})
    now = timezone.now()
    stored = receive_file(actor=request.viewer, chunks=files[0].chunks(), name=files[0].name or "", now=now)
    found = answer_letter(actor=request.viewer, dispatch=row, now=now, text=text, sha256=stored.sha256)
    return answer({"id": pk, "answered_at": found.at, "kind": found.kind})
