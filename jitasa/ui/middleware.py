"""Turns a refusal nobody caught into a page that says what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jitasa.problems import Refusal, StoreAway
from jitasa.ui.busy import busy_answer
from jitasa.ui.database import is_passing, patience_left


class BusyMiddleware:
    """A database that is locked or away, or a file store that does not answer, is answered with 503, soon (``ui.database``), losing nothing typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with patience_left(request):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, StoreAway):
            return busy_answer(request, is_store=True)
        return busy_answer(request) if is_passing(exception) else None


class RefusalMiddleware:
    """A view that lets a ``Refusal`` through answers with its status and its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return render(request, "ui/refused.html", {"refusal": exception}, status=exception.status)
