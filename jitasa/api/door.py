"""The one door of ``/api/v1/``: who asks, how often, in which language; no session, no cookie, no form token.

Stands before everything that knows people. What is raised inside becomes problem+json (``answers``).
"""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from jitasa.api.answers import ApiProblem, problem, problem_for
from jitasa.api.models import ApiToken
from jitasa.api.selectors.tokens import token_of, viewer_of_token
from jitasa.api.services.tokens import note_used
from jitasa.organizations import versions
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import today
from jitasa.ui.body_limits import limit_for
from jitasa.ui.database import patience_left
from jitasa.ui.limits import MINUTE, counted, rate_limited
from jitasa.ui.reading import UNREADABLE
from jitasa.ui.request_guard import announced, check_charset, check_encoded, cleaned, too_large_words

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/v1/"
FOR_EVERYBODY = frozenset({"/api/v1/openapi.json", "/api/v1/docs"})
COUNTED_AT_ONCE = 10  # requests of a token, or a fiftieth of what it may: not each of them writes
STRANGERS_MOST = 120  # unknown tokens a minute from one network


class ApiRequest(HttpRequest):
    """A request as operations see it."""

    viewer: Viewer
    token: ApiToken


class ApiDoor:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(PREFIX) or path in FOR_EVERYBODY:
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        language = language_asked(request)
        mark = versions.begin()
        try:
            with translation.override(language), patience_left(request):
                response = _answered(cast("ApiRequest", request))
        finally:
            versions.end(mark)
        response["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return _smaller(request, response)


def language_asked(request: HttpRequest) -> str:
    """``en`` where the program prefers it, else Thai."""
    asked = translation.get_language_from_request(request) if "Accept-Language" in request.headers else ""
    return "en" if asked == "en" else "th"


def _answered(request: ApiRequest) -> HttpResponse:
    headers: dict[str, str] = {}
    try:
        check_readable(request)
        kind, _space, text = request.headers.get("Authorization", "").partition(" ")
        token = let_in(request, text.strip() if kind.lower() == "bearer" else "")
        headers = within_limit(token)
        note_used(token, timezone.now())
        match = resolve(request.path_info)
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
    except Exception as error:
        response = problem_for(request, error)
    if response.status_code == 405:
        words = _("ที่อยู่นี้รับเฉพาะ %(methods)s") % {"methods": response.get("Allow", "")}
        response = problem(405, "method", words, headers={"Allow": response.get("Allow", "")})
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return cast("HttpResponse", response)


def check_readable(request: HttpRequest) -> None:
    """As ``ui.request_guard`` does for pages. :raises BadRequest: :raises ApiProblem:"""
    check_charset(request.META.get("CONTENT_TYPE", ""))
    if UNREADABLE.search(request.path_info):
        raise BadRequest("path")
    check_encoded(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    request.GET = cleaned(request.GET)
    most = limit_for(request.path_info).most
    if announced(request) > most:
        raise ApiProblem(413, "too_large", too_large_words(most), headers={"Connection": "close"})


def let_in(request: ApiRequest, text: str, *, unknown: str = "") -> ApiToken:
    """The token ``text``, put on the request with whom it acts as. ``unknown`` says what to do about none.

    :raises ApiProblem: 401, with the reason; 429 for networks that try many.
    """
    token = token_of(text)
    why = _why_not(token)
    if token is None or why:
        if rate_limited(request, "api stranger", most=STRANGERS_MOST):
            words = _("มีคำขอที่ไม่มีโทเคนที่ใช้ได้มากเกินไป รอหนึ่งนาทีแล้วลองใหม่")
            raise ApiProblem(429, "too_many", words, headers={"Retry-After": str(MINUTE)})
        words = (
            why or unknown or _("ส่งโทเคนในส่วนหัว Authorization: Bearer … โทเคนออกได้ที่หน้าโทเคน API ของสำนักงาน")
        )
        raise ApiProblem(
            401, "token", words, headers={"WWW-Authenticate": 'Bearer realm="jitasa", error="invalid_token"'}
        )
    request.token = token
    request.viewer = viewer_of_token(token, str(request.META.get("REMOTE_ADDR") or ""))
    request.known_office_id = token.organization_id  # type: ignore[attr-defined]  # for the access log
    return token


def _why_not(token: ApiToken | None) -> str:
    if token is None:
        return ""
    ended = token.ended(timezone.now())
    if ended == "revoked":
        return _("โทเคนนี้ถูกยกเลิกแล้ว ขอโทเคนใหม่จากผู้ดูแลของสำนักงาน")
    if ended:
        return _("โทเคนนี้หมดอายุแล้ว ขอโทเคนใหม่จากผู้ดูแลของสำนักงาน")
    closed = token.organization.closed_on
    over = closed is not None and closed <= today(timezone.now())
    return _("สำนักงานของโทเคนนี้ถูกยุบรวมหรือปิดแล้ว") if over else ""


def within_limit(token: ApiToken) -> dict[str, str]:
    """The headers that say how much is left. :raises ApiProblem: 429."""
    now, most = timezone.now(), settings.API_PER_MINUTE
    used = counted(
        "api token", str(token.pk), now, seconds=MINUTE, at_once=min(COUNTED_AT_ONCE, max(1, most // 50))
    )
    reset = MINUTE - int(now.timestamp()) % MINUTE
    headers = {
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(max(0, most - used)),
        "RateLimit-Reset": str(reset),
    }
    if used > most:
        words = _("โทเคนนี้เรียกเกิน %(most)d ครั้งในหนึ่งนาที รอ %(seconds)d วินาทีแล้วลองใหม่")
        raise ApiProblem(
            429,
            "too_many",
            words % {"most": most, "seconds": reset},
            headers={**headers, "Retry-After": str(reset)},
        )
    return headers


def _smaller(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has it already; compressed for who can read it."""
    if response.status_code == 200 and request.method in {"GET", "HEAD"}:
        response = cast(
            "HttpResponse", ConditionalGetMiddleware(_same(response)).process_response(request, response)
        )
    return cast("HttpResponse", GZipMiddleware(_same(response)).process_response(request, response))


def _same(response: HttpResponseBase) -> Callable[[HttpRequest], HttpResponseBase]:
    return lambda _request: response
