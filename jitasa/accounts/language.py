"""Which language and which digits a person reads the screens in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from jitasa.accounts.models import Numerals, User
from jitasa.ui.numerals import numerals
from jitasa.ui.public_pages import language_in

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """``th`` or ``en``: the person's own setting, else the cookie of the language switch, else Thai.

    The browser's ``Accept-Language`` is not asked: many machines of Thai offices run in English, and
    Thai comes first (docs/architecture.md §3, rule 10). Somebody's setting goes before the cookie, which may be that of
    the one who used the same machine before.
    """
    user = request.user
    chosen = user.language if isinstance(user, User) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def wants_thai_digits(request: HttpRequest) -> bool:
    """Whether the reader has asked for ๑ ๒ ๓ on screens (docs/architecture.md §3, rule 10); guests have not."""
    return isinstance(request.user, User) and request.user.numerals == Numerals.THAI


class LanguageMiddleware:
    """Answers in the reader's language and numerals; stands after ``AuthenticationMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_in(request) or language_of(request)
        request.LANGUAGE_CODE = language
        # and no longer: files streamed afterwards are Thai, with the digits of their own
        with translation.override(language), numerals(thai=wants_thai_digits(request)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response
