"""Pages that are the same for everybody, so that browsers and proxies may keep them (docs/adr/0007).

A view marked ``@public_page`` is asked without cookies: it cannot know who reads, therefore it cannot
tell one reader what is meant for another, and its answer needs neither ``Vary: Cookie`` nor a session.
Its language is in its address: ``/map/`` is Thai, ``/en/map/`` the same page in English. A view marked
``@in_both_languages`` has the two addresses too but keeps its cookies (forms of guests).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix
from django.utils.cache import patch_cache_control
from django.utils.translation import override

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
ENGLISH = "/en/"
KEPT_SECONDS = 60
KEPT = frozenset({200, 301, 404, 410})


def public_page(view: View) -> View:
    """Marks a view whose answer is the same for everybody and may be kept for a minute."""
    view.public_page = True  # type: ignore[attr-defined]  # a mark read by the middleware below
    return in_both_languages(view)


def public_file(view: View) -> View:
    """Marks a view whose answer has no language (a picture, a feed, data): as a public page, at one address only."""
    view.public_page = True  # type: ignore[attr-defined]  # a mark read by the middleware below
    return view


def in_both_languages(view: View) -> View:
    """Marks a view that answers under ``/en/`` in English; links made on that page stay there."""
    view.in_both_languages = True  # type: ignore[attr-defined]  # a mark read by the middleware below
    return view


def language_in(request: HttpRequest) -> str | None:
    """The language that the address decides (``th`` or ``en``); ``None``: the reader's own choice counts."""
    return getattr(request, "address_language", None)


@contextmanager
def readers_language(request: HttpRequest) -> Iterator[None]:
    """For what is answered before the reader is known: the language of the address, else of the switch's cookie.

    The cookie follows a person's own setting from each sign-in on. Where the reader is known, hers stays.
    """
    known = getattr(request, "LANGUAGE_CODE", None)
    chosen = (
        "en" if request.path_info.startswith(ENGLISH) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    )
    early = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(known or early):
        yield


class PublicPages:
    """Stands before the session: takes cookies from public pages, and reads the language of an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        english = request.path_info.startswith(ENGLISH)
        path = request.path_info[len(ENGLISH) - 1 :] if english else request.path_info
        view = _view(path)
        if view is not None and english and not getattr(view, "in_both_languages", False):
            return HttpResponseRedirect(_with_query(request, f"/{path.lstrip('/')}"))
        if english or getattr(view, "in_both_languages", False):
            request.address_language = "en" if english else "th"  # type: ignore[attr-defined]
        request.thai_path = path  # type: ignore[attr-defined]
        public = getattr(view, "public_page", False) and request.method in {"GET", "HEAD"}
        if public:
            _forget_who_asks(request)
        with _addresses_under(ENGLISH if english else None):
            request.path_info = path
            response = self.get_response(request)
        return _keepable(request, response) if public else response


def _view(path: str) -> Any:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _forget_who_asks(request: HttpRequest) -> None:
    request.META.pop("HTTP_COOKIE", None)
    request.COOKIES = {}


@contextmanager
def _addresses_under(prefix: str | None) -> Any:
    """Every address reversed meanwhile begins with ``prefix``."""
    if prefix is None:
        yield
        return
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


class _Compressing(GZipMiddleware):
    max_random_bytes = 0  # no secret stands in these pages that their length could tell; one text, one coding


def _unchanged(response: HttpResponse) -> Callable[[HttpRequest], HttpResponse]:
    return lambda _request: response


def _is_text(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "").split(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml"))


def _keepable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer for everybody: no cookie, how long it keeps, and 304 for those who have it already."""
    response.cookies.clear()
    vary = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in vary if name and name.lower() != "cookie"]
    if kept:
        response["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response["Vary"]
    if response.status_code not in KEPT:
        return response
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    if response.status_code != 200 or response.streaming:
        return response
    fresh = ConditionalGetMiddleware(_unchanged(response))
    answer = cast("HttpResponse", fresh.process_response(request, response))
    if answer.status_code != 200 or not _is_text(answer):
        return answer
    return cast("HttpResponse", _Compressing(_unchanged(answer)).process_response(request, answer))
