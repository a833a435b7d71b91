"""Puts ``request.viewer`` on every request: the person, the office chosen, the roles held there today.

While somebody from above "views as" an office below, every request that could change something is
refused here, before any view, besides the rules that refuse it again.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from jitasa.organizations import versions
from jitasa.organizations.selectors.viewers import VIEW_AS_KEY, viewer_of
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# What does not act in the office looked at: leaving it, leaving altogether, the language of the screen.
ALLOWED_WHILE_VIEWING = frozenset(
    {"organizations:view_as_stop", "account_login", "account_logout", "accounts:language"}
)


class ViewerRequest(HttpRequest):
    """A request as views of this project see it."""

    viewer: Viewer


class ViewerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _noted(request))  # type: ignore[attr-defined]
        mark = versions.begin()
        try:
            return self.get_response(request)
        finally:
            versions.end(mark)

    def process_view(
        self, request: ViewerRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        if request.method in SAFE_METHODS or not request.session.get(VIEW_AS_KEY):
            return None
        match = request.resolver_match
        if (match is not None and match.view_name in ALLOWED_WHILE_VIEWING) or not request.viewer.read_only:
            return None
        text = _("กำลังดูแทน %(office)s จึงอ่านได้อย่างเดียว กด “กลับสำนักงานของฉัน” ที่แถบด้านบนก่อนแก้ไข")
        refusal = Forbidden(text % {"office": request.viewer.office_name}, code="read_only")
        return render(request, "ui/refused.html", {"refusal": refusal}, status=refusal.status)


def _noted(request: HttpRequest) -> Viewer:
    """The viewer; the office is left on the request for the access log, which asks for nothing itself."""
    viewer = viewer_of(request, timezone.now())
    request.known_office_id = viewer.office_id  # type: ignore[attr-defined]
    return viewer
