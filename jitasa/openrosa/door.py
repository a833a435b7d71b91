"""The door of ``/openrosa/``: tokens of the API, answers in OpenRosa's own shape; no session, no cookie."""

import json
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jitasa.api.answers import ApiProblem, problem_for
from jitasa.api.door import ApiRequest, check_readable, language_asked, let_in, within_limit
from jitasa.api.services.tokens import note_used
from jitasa.openrosa.credentials import PREFIX, split, token_text
from jitasa.openrosa.replies import message
from jitasa.openrosa.words import in_words
from jitasa.organizations import versions
from jitasa.problems import Refusal
from jitasa.ui.database import patience_left

CHALLENGE = {"WWW-Authenticate": 'Basic realm="INFO jitasa", charset="UTF-8"'}
NOT_SET_UP = gettext_noop(
    "แอปยังไม่ได้ตั้งค่าสำหรับสำนักงานใด หรือรหัสในแอปใช้ไม่ได้ ขอคิวอาร์โค้ดตั้งค่าจากผู้ดูแลของสำนักงาน แล้วสแกนในแอป"
)
CODES = {422: 400}  # clients of OpenRosa show the words of a 400


class OpenRosaRequest(ApiRequest):
    """``base`` is the address under which the client knows the server, with its token if that is in the path."""

    base: str


class OpenRosaDoor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        language = language_asked(request)
        mark = versions.begin()
        try:
            with translation.override(language), patience_left(request):
                return _answered(cast("OpenRosaRequest", request))
        finally:
            versions.end(mark)


def _answered(request: OpenRosaRequest) -> HttpResponse:
    key, path = split(request.path_info)
    base = PREFIX.rstrip("/") + (f"/key/{key}" if key else "")
    request.base = request.build_absolute_uri("/").rstrip("/") + base
    try:
        check_readable(request)
        shown = token_text(request.path_info, request.headers.get("Authorization", ""))
        token = let_in(request, shown, unknown=_(NOT_SET_UP))
        within_limit(token)
        note_used(token, timezone.now())
        match = resolve(path)
        request.resolver_match = match
        return cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
    except Resolver404:
        return message(404, _("ไม่มีที่อยู่นี้ สแกนคิวอาร์โค้ดตั้งค่าจากหน้า ODK Collect ของสำนักงานอีกครั้ง"), nature="error")
    except Exception as error:
        return _refused(request, error)


def _refused(request: OpenRosaRequest, error: Exception) -> HttpResponse:
    if isinstance(error, ApiProblem) and error.status == 401:
        return message(401, error.detail, nature="error", headers=CHALLENGE)
    if isinstance(error, Refusal):
        return message(error.status, in_words(error), nature="submit_error")
    answer = problem_for(request, error)  # logged there when nobody foresaw it
    kept = {name: answer[name] for name in ("Retry-After",) if name in answer}
    words = str(json.loads(answer.content)["detail"])
    return message(CODES.get(answer.status_code, answer.status_code), words, nature="error", headers=kept)
