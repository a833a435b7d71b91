"""A line in the access log for every answer (Computer Crime Act s.26)."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from jitasa import request_id
from jitasa.audit.access.masking import masked
from jitasa.audit.access.writer import WRITER
from jitasa.ui.reading import BIGGEST_ID, whole_number

SECRET_ARGUMENTS = frozenset({"token", "key", "secret"})


class AccessLog:
    """Stands outermost, so that every status is seen, also what other middleware refused or what failed.

    Left out: static files that were there. They are the same for everybody, the page that asked for them
    stands in the log, and they would be nine of ten lines. A static address that fails is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        path, query = request.path, request.META.get("QUERY_STRING", "")
        response = self.get_response(request)
        if response.status_code < 400 and path.startswith(settings.STATIC_URL):
            return response
        fields = {
            "who": who(request),
            "office": getattr(request, "known_office_id", None),
            "from": request.META.get("REMOTE_ADDR", ""),
            "method": request.method,
            "path": masked(path, query, _secrets(request)),
            "status": response.status_code,
            "ms": round((perf_counter() - started) * 1000, 1),
            "bytes": size_of(response),
            "request": request_id.current(),
        }
        WRITER.write(fields, timezone.now())
        return response


def who(request: HttpRequest) -> str:
    """``person:12`` or ``guest``, from what the request already knows: nobody is looked up for the log."""
    after = request.__dict__.get("user")  # a sign-in puts the person here
    people: list[Any] = [getattr(request, "_cached_user", None)]
    if type(after) is not SimpleLazyObject:
        people.append(after)
    known = [person.pk for person in people if person is not None and person.pk is not None]
    return f"person:{known[0]}" if known else "guest"


def size_of(response: HttpResponse) -> int | None:
    """Bytes of the body; ``None`` for a stream of unknown length."""
    if response.streaming:
        return whole_number(response.get("Content-Length", ""), most=BIGGEST_ID)
    return len(response.content)


def _secrets(request: HttpRequest) -> list[str]:
    match: Any = request.resolver_match
    if match is None:
        return []
    return [str(value) for name, value in match.kwargs.items() if name in SECRET_ARGUMENTS]
