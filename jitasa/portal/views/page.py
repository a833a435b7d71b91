"""What every public page has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jitasa.ui.public_pages import public_page

P = ParamSpec("P")


class Gone(Exception):
    """What was public once and is no more: answered 410 with the words of a kind page."""


def page(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everybody, kept for a minute; what is not there is said kindly, with ways on."""

    @public_page
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return render(request, "portal/missing.html", {"gone": False}, status=404)
        except Gone:
            return render(request, "portal/missing.html", {"gone": True}, status=410)

    return shown
