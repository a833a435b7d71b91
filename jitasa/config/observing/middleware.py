"""Names every request and counts its answer."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jitasa import request_id
from jitasa.config.observing import metrics


class Observed:
    """Stands outermost: whatever is logged on the way has the request's name.

    A name that the proxy in front has given is kept; one from anybody else is not, for it stands in our logs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._counts = bool(settings.METRICS_TOKEN)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        given = request.headers.get(request_id.HEADER, "") if settings.BEHIND_PROXY else ""
        name = request_id.begin(given)
        try:
            response = self.get_response(request)
            if not request.path.startswith(settings.STATIC_URL):  # sixty files of a first visit
                response[request_id.HEADER] = name
            if self._counts:
                metrics.answered(request, response.status_code, perf_counter() - began)
            return response
        finally:
            request_id.end()
