"""What every operation has in common: its documentation, its right, how its body is read."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pydantic
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.constants import NOT_SET
from ninja.errors import ValidationError
from ninja.parser import Parser

from jitasa.api.answers import ApiProblem, problem_for
from jitasa.api.choices import Scope
from jitasa.api.door import ApiRequest
from jitasa.ui.reading import BIGGEST_NUMBER, clean_json, json_body, whole_number

_TAG = re.compile(r'(?:W/)?"(\d+)"')


class CleanParser(Parser):
    """Bodies are read as everywhere else: clean texts, no NUL, not too deep."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json_body(request)


def need(request: ApiRequest, scope: Scope) -> None:
    """:raises ApiProblem: 403, the token was not made for this."""
    if scope not in request.token.scopes:
        words = _("โทเคนนี้ไม่ได้รับสิทธิ “%(scope)s” (%(code)s) ขอโทเคนใหม่จากผู้ดูแลของสำนักงาน")
        raise ApiProblem(403, "scope", words % {"scope": scope.label, "code": scope.value}, scope=scope.value)


def revision_asked(request: ApiRequest, body: int | None) -> int | None:
    """The revision a change is based on: ``If-Match``, else what the body says.

    :raises ApiProblem: 422, the header is no revision of ours.
    """
    text = request.headers.get("If-Match", "").strip()
    if not text or text == "*":
        return body
    found = _TAG.fullmatch(text)
    number = whole_number(found[1], least=1, most=BIGGEST_NUMBER) if found else None
    if number is None:
        raise ApiProblem(422, "if_match", _('If-Match ต้องเป็นเลขฉบับในเครื่องหมายคำพูด เช่น "3"'))
    return number


def json_of(text: str) -> Any:
    """JSON in a part of a multipart body. :raises BadRequest:"""
    return clean_json(text)


def unreadable(error: pydantic.ValidationError) -> ValidationError:
    """The same fault as in a body that ninja itself has read."""
    found = error.errors(include_url=False, include_input=False)
    return ValidationError([{**each, "loc": ("body", "record", *each["loc"])} for each in found])


def described(
    thai: str,
    english: str,
    scope: Scope | None = None,
    *,
    answers: Mapping[int, Any] = MappingProxyType({}),
    **more: Any,
) -> dict[str, Any]:
    """How an operation stands in the schema: both languages, the right it asks for, the shapes of its answers."""
    asked = f"\n\nScope: `{scope.value}`" if scope else ""
    extra: Mapping[str, Any] = {"x-scope": scope.value} if scope else {}
    return {
        "summary": f"{thai} · {english}",
        "description": f"{thai}\n\n{english}{asked}",
        "response": dict(answers) or NOT_SET,
        "by_alias": True,
        "openapi_extra": {**extra, **more},
    }


def make_api() -> NinjaAPI:
    """The API without its routers; whatever is raised goes through ``answers.problem_for``."""
    api = NinjaAPI(
        title="INFO จิตอาสา API",
        version="1.0.0",
        description=(
            "ระบบอื่นของสำนักงานส่งและอ่านข้อมูลแทนการกรอกหน้าจอ\n\n"
            "Other programs of an office send and read what officers do on screens."
        ),
        docs_url=None,
        openapi_url=None,
        urls_namespace="apiv1",
        parser=CleanParser(),
    )

    def refused(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        assert isinstance(error, Exception)
        return problem_for(request, error)

    api._exception_handlers.clear()  # ninja's own answers are no problem+json
    api.add_exception_handler(Exception, refused)
    return api
