"""What may come in at all: addresses, queries and bodies that can be read, of a size that is expected.

A request that no browser sends (NUL, broken UTF-8, an odd charset, too many fields, a body larger than
its address takes) is answered 400 or 413 in Thai before a view runs, on every database alike. What is
read is cleaned here once for every form (:func:`jitasa.thai.text.clean`): control, direction and invisible
letters leave, Thai marks stand in one order. Passwords and tokens stay as they were typed.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import resolve_url
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jitasa.thai.text import clean
from jitasa.ui.body_limits import limit_for
from jitasa.ui.public_pages import readers_language
from jitasa.ui.reading import BIGGEST_ID, UNREADABLE, whole_number

GetResponse = Callable[[HttpRequest], HttpResponse]
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
AS_TYPED = re.compile(r"password|csrfmiddlewaretoken")  # names of fields whose value is no text to mend
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\"';,\s]*)", re.IGNORECASE)
_NOT_UTF8 = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")  # Django leaves bytes of a path that are no UTF-8 so
LOGIN_URL = "account_login"


class RequestGuard:
    """Stands first: reads the address and the announced length, later the form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        check_charset(request.META.get("CONTENT_TYPE", ""))
        if UNREADABLE.search(request.path_info) or _NOT_UTF8.search(request.path_info):
            raise BadRequest("path")
        check_encoded(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
        request.GET = cleaned(request.GET)
        most = limit_for(request.path_info).most
        if announced(request) > most:
            return too_large(request, most)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Read the form before the view does; the sender is known by now (:class:`StrangersSendLittle`)."""
        if request.method == "POST":
            try:
                request.POST = cleaned(request.POST)
            except (UnreadablePostError, MultiPartParserError) as wrong:
                raise BadRequest("body") from wrong
            if request.content_type == "application/x-www-form-urlencoded":
                check_encoded(request.body)
        return None


class StrangersSendLittle:
    """Reads nothing large from somebody who is not signed in; stands after the sender is known."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = limit_for(request.path_info).form
        if announced(request) <= most or request.user.is_authenticated:
            return self.get_response(request)
        if request.headers.get("X-Requested-With") or request.headers.get("HX-Request"):
            return HttpResponseRedirect(resolve_url(LOGIN_URL))  # ``SignInAgain`` makes it a 401 for scripts
        return too_large(request, most, signed_out=True)


def announced(request: HttpRequest) -> int:
    """The length of the body as the request says it; servers never hand on more than that."""
    return whole_number(request.META.get("CONTENT_LENGTH") or "0", most=BIGGEST_ID) or 0


def check_charset(content_type: str) -> None:
    """:raises BadRequest: a charset that no form of ours has (Python knows 100 codecs, some are no text)."""
    found = _CHARSET.search(content_type)
    if found is not None and found[1].lower() not in CHARSETS:
        raise BadRequest("charset")


def readable_charset(content_type: str) -> str:
    """The same header, with a charset that is not UTF-8 replaced by a name that no codec has.

    Django decodes the query of a request by that charset while it makes the request, before any
    middleware: ``hex`` and ``rot13`` raise there. :func:`check_charset` then answers 400.
    """
    found = _CHARSET.search(content_type)
    if found is None or found[1].lower() in CHARSETS:
        return content_type
    return f"{content_type[: found.start(1)]}x-refused{content_type[found.end(1) :]}"


def check_encoded(data: bytes) -> None:
    """:raises BadRequest: percent-encoded text with NUL, or that is no UTF-8 (lone surrogates are none)."""
    check_text(unquote_to_bytes(data) if b"%" in data else data)


def check_text(data: bytes) -> None:
    """:raises BadRequest: NUL, or no UTF-8 (lone surrogates are none)."""
    if b"\0" in data:
        raise BadRequest("NUL")
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        raise BadRequest("encoding") from wrong


def cleaned(given: QueryDict) -> Any:
    """The same fields with clean texts. :raises BadRequest: a NUL or a lone surrogate in a name or value."""
    changed: dict[str, list[Any]] = {}
    for name, values in given.lists():
        if any(UNREADABLE.search(text) for text in (name, *values)):
            raise BadRequest("NUL")
        fresh = values if AS_TYPED.search(name) else [clean(text) for text in values]
        if fresh != values:
            changed[name] = fresh
    if not changed:
        return given
    copy = given.copy()
    for name, values in changed.items():
        copy.setlist(name, values)
    copy._mutable = False
    return copy


def too_large(request: HttpRequest, most: int, *, signed_out: bool = False) -> HttpResponse:
    """413 with what to do; asks no database, and closes the line so that nobody sends the rest."""
    response: HttpResponse
    with readers_language(request):
        words = too_large_words(most)
        if "text/html" in request.headers.get("Accept", "text/html"):
            page = render_to_string("ui/413.html", {"words": words, "signed_out": signed_out})
            response = HttpResponse(page, status=413)
        else:
            response = JsonResponse({"error": words, "code": "too_large"}, status=413)
    response["Connection"] = "close"
    return response


def too_large_words(most: int) -> str:
    return _("ส่งได้ครั้งละไม่เกิน %(most)s ลดขนาดหรือจำนวนไฟล์ แล้วส่งใหม่") % {"most": filesizeformat(most)}


def words_of(exception: BaseException | None) -> str:
    """What a person is told about a request that cannot be read."""
    name = type(exception).__name__
    if name == "TooManyFieldsSent":
        return _("แบบนี้มีช่องมากเกินกว่าที่ระบบรับได้ในครั้งเดียว แบ่งส่งเป็นหลายครั้ง")
    if name == "TooManyFilesSent":
        return _("แนบไฟล์มากเกินไปในครั้งเดียว แบ่งส่งเป็นหลายครั้ง ครั้งละไม่เกิน 100 ไฟล์")
    return _("ที่อยู่หรือข้อความที่ส่งมามีตัวอักษรที่อ่านไม่ได้ ตรวจที่อยู่ หรือพิมพ์ข้อความใหม่แล้วส่งอีกครั้ง")
