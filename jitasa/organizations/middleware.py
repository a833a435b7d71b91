"""Puts ``request.viewer`` on every request: the person, the office chosen, the roles held there today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from jitasa.organizations.selectors.viewers import viewer_of
from jitasa.organizations.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A request as views of this project see it."""

    viewer: Viewer


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request, timezone.now()))  # type: ignore[attr-defined]
        return self.get_response(request)
